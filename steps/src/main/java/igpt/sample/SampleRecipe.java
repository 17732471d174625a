package igpt.sample;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.pretrain.PretrainParameters;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.Picture;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.prediction.Samples;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Images drawn from a model. */
public final class SampleRecipe extends Recipe {
    public static final Recipe SAMPLES = new SampleRecipe();

    private SampleRecipe() {
        super(new Kind("SAMPLES"), 1);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(DrawStep.DRAW);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        SampleParameters p = run.parameters(SampleParameters.class);
        List<Object> parts = new ArrayList<>(List.of(
                MODEL.fingerprint(run), iteration(run), p.samples(), p.temperature(), p.topK(), p.topP(), p.seed()));
        parts.add(p.sampleBatch()); // the rows of a file of tokens
        if (p.completes()) {
            parts.addAll(List.of(p.complete(), p.prompts(), p.given(), p.completions()));
            parts.add(
                    p.completesDataset()
                            ? DATASET.fingerprint(run)
                            : run.inputs().get(Input.Images.class).source());
        }
        return parts;
    }

    /** Of the checkpoint that is drawn from: the one given, or the last of the run's own model. */
    static long iteration(RunContext run) {
        return run.inputs()
                .find(Input.Checkpoint.class)
                .map(Input.Checkpoint::iteration)
                .orElseGet(() -> (long) run.parameters(PretrainParameters.class).iterations());
    }

    @Override
    protected List<ArtifactKey> madeFrom(RunContext run) {
        boolean fromDataset = run.parameters(SampleParameters.class).completesDataset();
        return fromDataset ? List.of(MODEL.of(run), DATASET.of(run)) : List.of(MODEL.of(run));
    }

    @Override
    protected boolean isComputedByNetwork() {
        return true;
    }

    @Override
    public boolean isMended() {
        return true;
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var table = ResultTable.of("samples", "drawn", "images", "nats_a_pixel", "standard_error", "grid");
        for (var artifact : artifacts) {
            var samples = new Samples(jdbc);
            var grid = samples.file(artifact.id(), Samples.GRID)
                    .map(Samples.SampleFile::path)
                    .orElse(null);
            samples.summary(artifact.id())
                    .forEach(row -> table.row(row.drawn(), row.images(), row.nats(), row.standardError(), grid));
        }
        return List.of(table);
    }

    @Override
    public List<Picture> pictures(JdbcClient jdbc, Artifact artifact) {
        return new Samples(jdbc)
                        .file(artifact.id(), Samples.GRID)
                        .map(grid -> new Picture(
                                "Images that " + artifact.name() + " drew",
                                "Where a row begins with an image and the part of it that was given, the others in it are what the"
                                        + " model made of that part. All other images it drew from nothing. Nothing was chosen.",
                                "A grid of the images that " + artifact.name() + " drew, with those that it completed.",
                                grid.path()))
                        .stream()
                        .toList();
    }
}
