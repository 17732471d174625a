package igpt.study;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.study.SweepTrials;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How well each learning rate did. It has no files: what it compares are runs of their own. */
public final class SweepRecipe extends Recipe {
    public static final Recipe SWEEP = new SweepRecipe();

    private SweepRecipe() {
        super(SweepTrials.KIND, 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(SweepStep.TRIALS);
    }

    /** All that identifies its run. */
    @Override
    protected List<Object> dependsOn(RunContext run) {
        return List.of(run.provenance().parametersHash());
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(DATASET.of(run));
    }

    @Override
    protected String folder(RunContext run) {
        return "";
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var trials = ResultTable.of(
                "trials", "learning_rate", "run", "validation_nats", "validation_accuracy", "diverged", "winner");
        for (var artifact : artifacts) {
            new SweepTrials(jdbc)
                    .of(artifact.id())
                    .forEach(t -> trials.row(
                            t.learningRate(),
                            t.run(),
                            t.validationNats(),
                            t.validationAccuracy(),
                            t.madeId() == null,
                            t.winner()));
        }
        return List.of(trials);
    }
}
