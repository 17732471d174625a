package igpt.study;

import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;

import igpt.probe.ProbeParameters;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.study.LowDataResults;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Linear classifiers on few labels: one a random subset of them. */
public final class LowDataRecipe extends Recipe {
    public static final Recipe LOW_DATA = new LowDataRecipe();

    private LowDataRecipe() {
        super(new Kind("LOWDATA"), 4);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(SubsetsStep.SUBSETS, SummaryStep.SUMMARY);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        LowDataParameters p = run.parameters(LowDataParameters.class);
        long seed = run.parameters(ProbeParameters.class).seed();
        return List.of(PROBE.fingerprint(run), p.labels(), p.subsets(), p.layer(), seed);
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(PROBE.of(run), FEATURES.of(run));
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var few = ResultTable.of("few_labels", "labels", "subsets", "accuracy", "accuracy_sd");
        for (var artifact : artifacts) {
            new LowDataResults(jdbc)
                    .summary(artifact.id())
                    .forEach(s -> few.row(s.labels(), s.subsets(), s.accuracy(), s.deviation()));
        }
        return List.of(few);
    }

    /** Table 4. */
    @Override
    public List<Measurement> measurements(JdbcClient jdbc, Artifact artifact) {
        var measured = new ArrayList<Measurement>();
        for (var few : new LowDataResults(jdbc).errors(artifact.id())) {
            var row = "%s %s %d labels in all".formatted(few.dataset(), few.model(), few.labels() * few.classes());
            measured.add(new Measurement("table 4", few.published(), row, "error", few.error(), null, artifact.run()));
            if (few.sd() != null) {
                measured.add(new Measurement("table 4", few.published(), row, "sd", few.sd(), null, artifact.run()));
            }
        }
        return measured;
    }
}
