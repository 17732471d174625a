package igpt.forecast;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.forecast.Trial.Took;
import igpt.graph.Network;
import igpt.model.Precision;
import igpt.model.Tap;
import igpt.model.Weights;
import igpt.predict.ClassifyParameters;
import igpt.predict.ClassifyResolver;
import igpt.predict.EmbedParameters;
import igpt.predict.ModelFinder;
import igpt.predict.ModelParts;
import igpt.predict.Shown;
import igpt.predict.ShownImagesResolver;
import igpt.prepare.NewImages;
import igpt.prepare.NewImages.Which;
import igpt.recipe.ArtifactKey;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter.Meter;
import igpt.recipe.RunContext;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long it takes to show images to a model: some are read, and a batch of random ones is shown. */
public final class ShowingTrial {
    private static final double MOST_FLOP = 1e12; // a second or few; of larger models less than a batch is tried

    private final RunContext run;
    private final JdbcClient jdbc;
    private final ModelParts parts;
    private final String data;
    private final Which split;
    private final int batch;
    private final Precision precision;

    private ShowingTrial(
            RunContext run,
            JdbcClient jdbc,
            ModelParts parts,
            String data,
            Which split,
            int batch,
            Precision precision) {
        this.run = run;
        this.jdbc = jdbc;
        this.parts = parts;
        this.data = data;
        this.split = split;
        this.batch = batch;
        this.precision = precision;
    }

    public static Trial ofClassify(RunContext run, JdbcClient jdbc) {
        var p = run.parameters(ClassifyParameters.class);
        var classifier = run.inputs()
                .find(Input.Classifier.class)
                .flatMap(Input.Classifier::artifact)
                .orElseGet(() -> run.inputs().get(Input.Probe.class).artifact().orElseThrow());
        var parts = ClassifyResolver.parts(artifact(classifier, jdbc), p.layer(), new ModelFinder(jdbc, run.runs()));
        return new ShowingTrial(run, jdbc, parts, p.data(), p.split(), p.featureBatch(), Precision.FLOAT32).trial();
    }

    public static Trial ofEmbed(RunContext run, JdbcClient jdbc) {
        var p = run.parameters(EmbedParameters.class);
        var checkpoint = run.inputs().get(Input.Checkpoint.class);
        var model = artifact(checkpoint.artifact().orElseThrow(), jdbc);
        var parts = new ModelFinder(jdbc, run.runs()).ofModel(model, checkpoint.iteration(), p.seed());
        return new ShowingTrial(run, jdbc, parts, p.data(), p.split(), p.featureBatch(), p.precision()).trial();
    }

    private static Artifact artifact(ArtifactKey key, JdbcClient jdbc) {
        return new Artifacts(jdbc).find(key.kind(), key.fingerprint()).orElseThrow();
    }

    /** Of the images of a dataset that the run was given. */
    static long rows(RunContext run, JdbcClient jdbc, List<String> splits) {
        var dataset = new Artifacts(jdbc)
                .find(DATASET.kind(), DATASET.fingerprint(run))
                .orElseThrow();
        var rows = new Datasets(jdbc).get(dataset.id());
        return splits.stream().mapToLong(rows::rows).sum();
    }

    private Trial trial() {
        if (run.inputs().find(Input.Dataset.class).isPresent()) {
            return trial(rows(run, jdbc, ShownImagesResolver.splits(split)));
        }
        try (var images = images()) {
            return trial(images.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Trial trial(long images) {
        return new Trial((double) images / batch, Counts.of(batch, "image"), this::measure);
    }

    private NewImages images() {
        return NewImages.open(data, split, parts.preparation());
    }

    private Took measure() throws IOException {
        var shown = shown();
        if (run.inputs().find(Input.Dataset.class).isPresent()) {
            return shown;
        }
        try (var images = images()) {
            int some = Math.min(batch, images.count());
            var read = Pace.of(() -> read(images, some));
            return new Took(shown.once(), shown.each() + read.each() * batch / some);
        }
    }

    private void read(NewImages images, int some) throws IOException {
        try {
            images.read(0, some, run.threads(), Meter.none());
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private Took shown() throws IOException {
        int tried = batch;
        while (tried > 1 && 2.0 * Weights.count(parts.config()) * parts.config().positions() * tried > MOST_FLOP) {
            tried /= 2;
        }
        var images = random(tried);
        var network = new Network(parts.config(), tried, run.device().sharing(tried), parts.head(), precision);
        try (var predictor = parts.open(network)) {
            Pace.Work work = parts.classifies()
                    ? () -> parts.classifier(predictor).classify(images, done -> {})
                    : () -> predictor.features(images, Tap.MEAN_NORM, 0, done -> {});
            var took = Pace.of(work);
            return new Took(took.once(), took.each() * batch / tried);
        }
    }

    private List<Shown> random(int count) {
        var random = new Random(0);
        var images = new ArrayList<Shown>();
        for (int row = 0; row < count; row++) {
            var tokens = new short[parts.config().positions()];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (short) random.nextInt(parts.config().colours());
            }
            images.add(new Shown(row, tokens));
        }
        return images;
    }
}
