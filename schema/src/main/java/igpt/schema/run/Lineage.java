package igpt.schema.run;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Artifacts with all that they were made from, whichever run made it.
 *
 * @param artifacts by their numbers: what is made stands behind what it was made from
 */
public record Lineage(List<Artifact> artifacts, List<Edge> edges) {

    /** One was made from the other. */
    public record Edge(long input, long made) {}

    public static Lineage of(JdbcClient jdbc, Collection<Artifact> artifacts) {
        var known = new LinkedHashMap<Long, Artifact>();
        artifacts.forEach(artifact -> known.put(artifact.id(), artifact));
        var edges = new ArrayList<Edge>();
        var left = new ArrayDeque<>(known.keySet());
        while (!left.isEmpty()) {
            long made = left.remove();
            for (long input : inputs(jdbc, made)) {
                edges.add(new Edge(input, made));
                if (!known.containsKey(input)) {
                    known.put(input, new Artifacts(jdbc).get(input));
                    left.add(input);
                }
            }
        }
        return new Lineage(
                known.values().stream()
                        .sorted((one, other) -> Long.compare(one.id(), other.id()))
                        .toList(),
                List.copyOf(edges));
    }

    private static List<Long> inputs(JdbcClient jdbc, long artifact) {
        return jdbc.sql("select input_id from artifact_input where artifact_id = ? order by input_id")
                .params(artifact)
                .query(Long.class)
                .list();
    }
}
