package igpt.predict;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.model.Precision;
import igpt.pretrain.ModelRecipe;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.prediction.Embeddings;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Features of new images. */
public final class EmbeddingRecipe extends Recipe {
    public static final Recipe EMBEDDING = new EmbeddingRecipe();

    private EmbeddingRecipe() {
        super(new Kind("EMBEDDING"), 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(EmbedStep.EMBED);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(EmbedParameters.class);
        var parts = new ArrayList<Object>(List.of(
                MODEL.fingerprint(run),
                run.inputs().get(Input.Checkpoint.class).iteration(),
                run.inputs().find(Input.Probe.class).map(Input.Probe::probe).orElse(""),
                p.layer(),
                p.tap(),
                p.partRows()));
        parts.addAll(images(run, p.split().name()));
        if (p.precision() != Precision.FLOAT32) {
            parts.add("precision " + p.precision());
        }
        ModelRecipe.maskRate(run).ifPresent(rate -> parts.add("masks %s %d".formatted(rate, p.seed())));
        return parts;
    }

    /** What a result depends on of the images that a model is shown. */
    static List<Object> images(RunContext run, String split) {
        return List.of(
                run.inputs().find(Input.Images.class).map(Input.Images::source).orElse(""),
                run.inputs()
                        .find(Input.Dataset.class)
                        .map(Input.Dataset::dataset)
                        .orElse(""),
                split);
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        return run.inputs().artifacts();
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var embeddings = ResultTable.of("embeddings", "source", "iteration", "layers", "tap", "images", "files");
        var rows = new Embeddings(jdbc);
        for (var artifact : artifacts) {
            rows.find(artifact.id()).ifPresent(row -> {
                var parts = rows.parts(artifact.id());
                embeddings.row(
                        row.source(),
                        row.iteration(),
                        row.layers(),
                        row.tap(),
                        parts.stream().mapToLong(part -> part.images()).sum(),
                        artifact.path() + "/*.parquet");
            });
        }
        return List.of(embeddings);
    }
}
