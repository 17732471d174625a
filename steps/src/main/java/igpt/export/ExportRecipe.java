package igpt.export;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.prediction.Exports;
import igpt.weights.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A model as others use it. Its files are the user's: they lie where they were asked for, and are not deleted with the run. */
public final class ExportRecipe extends Recipe {
    public static final Recipe EXPORT = new ExportRecipe();

    private ExportRecipe() {
        super(new Kind("EXPORT"), 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(ExportStep.EXPORT);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(ExportParameters.class);
        var all = new ArrayList<Object>(List.of(
                MODEL.fingerprint(run),
                run.inputs().get(Input.Checkpoint.class).iteration(),
                classifier(run).map(ArtifactKey::fingerprint).orElse(""),
                p.format(),
                p.to()));
        if (p.format() == Layout.ONNX) {
            all.add(p.layer());
        }
        return all;
    }

    /** A fine-tuned one, or probes; empty if none is wanted. */
    static Optional<ArtifactKey> classifier(RunContext run) {
        return run.inputs()
                .find(Input.Classifier.class)
                .flatMap(Input.Classifier::artifact)
                .or(() -> run.inputs().find(Input.Probe.class).flatMap(Input.Probe::artifact));
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return run.inputs().artifacts();
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var exports = ResultTable.of("exports", "folder", "format", "iteration", "files", "bytes");
        artifacts.forEach(artifact -> new Exports(jdbc)
                .find(artifact.id())
                .ifPresent(row -> exports.row(row.folder(), row.format(), row.iteration(), row.files(), row.bytes())));
        return List.of(exports);
    }
}
