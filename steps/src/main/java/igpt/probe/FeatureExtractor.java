package igpt.probe;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Tap;
import igpt.pretrain.ModelRecipe;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Input;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepResource;
import igpt.recipe.Tokenizers;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.FeatureSet;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.tokenizer.Tokenizer;
import igpt.train.Masks;
import igpt.train.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;

/** What images are turned into: the trained network's features, and the two baselines'. */
@Component
final class FeatureExtractor {
    private static final String TRAINED = "trained";
    private static final String UNTRAINED = "untrained"; // the same network as it starts
    private static final String PIXELS = "pixels"; // the colours themselves

    private final RunContext run;
    private final RunArtifacts artifacts;
    private final Datasets datasets;
    private final Checkpoints checkpoints;
    private final CheckpointFiles files;
    private final Networks networks;
    private final Tokenizers tokenizers;

    FeatureExtractor(
            RunContext run,
            RunArtifacts artifacts,
            Datasets datasets,
            Checkpoints checkpoints,
            CheckpointFiles files,
            Networks networks,
            Tokenizers tokenizers) {
        this.run = run;
        this.artifacts = artifacts;
        this.datasets = datasets;
        this.checkpoints = checkpoints;
        this.files = files;
        this.networks = networks;
        this.tokenizers = tokenizers;
    }

    /** A network, and whose features it computes. */
    record OpenView(String view, Network network) implements AutoCloseable {
        @Override
        public void close() {
            network.close();
        }
    }

    List<String> networks(ProbeParameters parameters) {
        List<String> networks = new ArrayList<>(List.of(TRAINED));
        if (parameters.untrained()) {
            networks.add(UNTRAINED);
        }
        if (parameters.pixels()) {
            networks.add(PIXELS);
        }
        return networks;
    }

    List<Integer> layers(String view) throws IOException {
        int last = view.equals(PIXELS) ? 0 : files.config(artifacts.get(MODEL)).layers();
        return IntStream.rangeClosed(0, last).boxed().toList();
    }

    /** The most features that a classifier is fitted to. */
    int widest(ProbeParameters parameters) throws IOException {
        ModelConfig config = files.config(artifacts.get(MODEL));
        int resolution = datasets.get(artifacts.get(DATASET).id()).resolution();
        int layers = Math.max(1, Math.min(parameters.concat(), config.layers() + 1));
        return Math.max(layers * config.width(), parameters.pixels() ? pixelWidth(resolution) : 0);
    }

    FeatureSet describe(Artifact features) {
        Artifact model = artifacts.get(MODEL);
        String tap = run.parameters(ProbeParameters.class).tap().name().toLowerCase(Locale.ROOT);
        return new FeatureSet(
                features.id(),
                model.id(),
                artifacts.get(DATASET).id(),
                checkpoint(model).iteration(),
                tap);
    }

    /** How often an image is looked at, each time with other pixels hidden; 1 where none are, and to fit on. */
    int masks(String view, String split) {
        boolean masked = ModelRecipe.maskRate(run).isPresent() && !view.equals(PIXELS) && !split.equals(Splits.TRAIN);
        return masked ? run.parameters(ProbeParameters.class).masks() : 1;
    }

    /**
     * Fills {@code values}, for each layer [to - from, width].
     *
     * @param opened keeps one view's network open from call to call
     * @param mask counts from 0
     */
    void features(
            StepResource<OpenView> opened,
            String view,
            Tokens tokens,
            int from,
            int to,
            int mask,
            float[][] values,
            ProgressReporter.Meter meter)
            throws IOException, JobInterruptedException {
        if (view.equals(PIXELS)) {
            values[0] = colours(tokens, from, to);
            meter.add(to - from);
            return;
        }
        if (!opened.get(() -> open(view)).view().equals(view)) {
            opened.release();
        }
        Network open = opened.get(() -> open(view)).network();
        int b = open.batch();
        int e = open.config().width();
        for (int layer = 0; layer < values.length; layer++) {
            values[layer] = new float[(to - from) * e];
        }
        Tap tap = tap();
        Masks masks = new Masks(
                ModelRecipe.maskRate(run).orElse(0),
                run.parameters(ProbeParameters.class).seed());
        for (int first = from; first < to; first += b) {
            run.checkStop();
            float[] averages = open.features(tokens.sequences(first, to, b, masks, mask), tap); // [L + 1, b, e]
            int count = Math.min(b, to - first);
            for (int layer = 0; layer < values.length; layer++) {
                System.arraycopy(averages, layer * b * e, values[layer], (first - from) * e, count * e);
            }
            meter.add(count);
        }
    }

    private Tap tap() {
        return switch (run.parameters(ProbeParameters.class).tap()) {
            case NORM -> Tap.MEAN_NORM;
            case RESIDUAL -> Tap.MEAN_RESIDUAL;
        };
    }

    /** Red, green and blue of each pixel in [-1, 1], as the tokens are drawn: [to - from, 3 · resolution²]. */
    private float[] colours(Tokens tokens, int from, int to) {
        Tokenizer tokenizer = tokenizers.of(artifacts.get(DATASET));
        int[] row = new int[tokens.positions()];
        int width = pixelWidth(tokenizer.resolution());
        float[] values = new float[(to - from) * width];
        for (int image = from; image < to; image++) {
            tokens.copy(image, row, 0);
            tokenizer.decode(row, values, (image - from) * width);
        }
        return values;
    }

    private static int pixelWidth(int resolution) {
        return 3 * resolution * resolution;
    }

    private OpenView open(String view) throws IOException {
        Artifact model = artifacts.get(MODEL);
        ModelConfig config = files.config(model);
        int batch = run.parameters(ProbeParameters.class).featureBatch();
        if (view.equals(TRAINED)) {
            return new OpenView(view, networks.open(config, batch, null, checkpoint(model)));
        }
        Network untrained = networks.open(config, batch, null);
        untrained.initialize(model.provenance().seed());
        return new OpenView(view, untrained);
    }

    private Checkpoint checkpoint(Artifact model) {
        return run.inputs()
                .find(Input.Checkpoint.class)
                .map(given -> files.at(model, given.iteration()))
                .orElseGet(() -> checkpoints.newest(model.id()).orElseThrow());
    }
}
