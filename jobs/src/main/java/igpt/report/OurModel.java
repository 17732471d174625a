package igpt.report;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Models;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A model that the report has numbers of.
 *
 * @param positions of a sequence
 */
public record OurModel(String name, String objective, long weights, int positions, int colours) {
    public static final long IGPT_L_WEIGHTS = 1_362_250_752;

    static List<OurModel> of(JdbcClient jdbc, List<Artifact> artifacts) {
        return artifacts.stream()
                .flatMap(artifact -> new Models(jdbc).named(artifact.id()).stream())
                .map(our -> new OurModel(our.name(), our.objective(), our.weights(), our.positions(), our.colours()))
                .toList();
    }

    /** In a line, so that nobody takes it for the paper's model. */
    public String nextToThePapers() {
        return "ours: %s %s, %,d parameters, sequences of %d in %d colours; iGPT-L: %,d parameters, sequences of 1024 in 512 colours"
                .formatted(name, objective, weights, positions, colours, IGPT_L_WEIGHTS);
    }
}
