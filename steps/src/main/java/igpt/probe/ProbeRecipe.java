package igpt.probe;

import static igpt.probe.FeaturesRecipe.FEATURES;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StandardError;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Probes;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Linear classifiers: one a layer, and one on several layers side by side. */
public final class ProbeRecipe extends Recipe {
    public static final Recipe PROBE = new ProbeRecipe();

    private ProbeRecipe() {
        super(Input.Probe.KIND, 6);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(FitStep.FIT, TestStep.TEST);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        ProbeParameters p = run.parameters(ProbeParameters.class);
        boolean sgd = p.solver() == ProbeParameters.Solver.SGD;
        return List.of(
                FEATURES.fingerprint(run),
                p.solver(),
                sgd ? p.sgdIterations() : 0,
                sgd ? p.sgdBatch() : 0,
                sgd ? p.seed() : 0,
                p.concat(),
                p.foldBack());
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return List.of(FEATURES.of(run));
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var probes = ResultTable.of(
                "probes",
                "network",
                "layer",
                "solver",
                "l2",
                "learning_rate",
                "validation_accuracy",
                "test_accuracy",
                "standard_error",
                "test_images",
                "converged",
                "best",
                "protocol");
        for (var artifact : artifacts) {
            var images = new Probes(jdbc).testImages(artifact.id());
            for (var p : new Probes(jdbc).of(artifact.id())) {
                var accuracy = p.testAccuracy();
                probes.row(
                        p.network(),
                        p.layer(),
                        p.solver(),
                        p.l2(),
                        p.learningRate(),
                        p.validationAccuracy(),
                        accuracy,
                        accuracy == null ? null : (Double) StandardError.of(accuracy, images),
                        accuracy == null ? null : (Long) images,
                        p.converged(),
                        p.best(),
                        p.protocol());
            }
        }
        return List.of(probes);
    }

    @Override
    public List<Measurement> measurements(JdbcClient jdbc, Artifact artifact) {
        return ProbeMeasurements.of(artifact, new Probes(jdbc).tested(artifact.id()));
    }

    @Override
    public OptionalLong iteration(JdbcClient jdbc, Artifact artifact) {
        return new Probes(jdbc).iteration(artifact.id());
    }
}
