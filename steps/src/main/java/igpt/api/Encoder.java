package igpt.api;

import igpt.device.Device;
import igpt.device.MemoryNeeds;
import igpt.export.ExportFolder;
import igpt.generate.ImageGenerator;
import igpt.generate.TokenSampler;
import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.image.decode.Squares;
import igpt.model.Precision;
import igpt.model.Tap;
import igpt.predict.ImageClassifier;
import igpt.predict.ModelParts;
import igpt.predict.Predictor;
import igpt.predict.Shown;
import igpt.runtime.NativeEnvironment;
import igpt.schema.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained model, to be used in any program: features and classes of images, and images of its own.
 *
 * <pre>{@code
 * try (var encoder = Encoder.open(Path.of("my-model"))) {
 *     float[][] features = encoder.embed(ImageIO.read(new File("cat.jpg")));
 *     System.out.println(encoder.classify(ImageIO.read(new File("cat.jpg"))).get(0).name());
 * }
 * }</pre>
 *
 * An image may have any size: its centre square is averaged down to the model's resolution, as the model's own images were.
 * Photographs are taken as they lie in memory; turning them upright is up to who reads them. What comes of an image does not
 * depend on what else is in the same call, to the last bit.
 *
 * <p>Any number of threads may call it; one at a time is served. A call without images gives an empty answer; a null among
 * them is a {@link NullPointerException} that says which; whatever is asked of an encoder that is closed is an {@link
 * IllegalStateException}.
 */
public final class Encoder implements AutoCloseable {
    private static final int BATCH = 8; // images at a time

    private final ModelParts parts;
    private final Provenance provenance;
    private final Predictor predictor;
    private final @Nullable ImageClassifier classifier;
    private @Nullable Drawing drawing; // opened when it is first asked for; guarded by this
    private boolean closed; // guarded by this

    /** A network that draws: its graph is another. */
    private record Drawing(Network network, Decoder decoder) {}

    private Encoder(ModelParts parts, Provenance provenance) throws IOException {
        this.parts = parts;
        this.provenance = provenance;
        int threads = Runtime.getRuntime().availableProcessors();
        predictor = parts.open(Network.ofSingles(parts.config(), BATCH, Device.cpu(threads), parts.head()));
        try {
            classifier = parts.classifies() ? parts.classifier(predictor) : null;
        } catch (IOException | RuntimeException e) {
            predictor.close();
            throw e;
        }
    }

    /**
     * Opens a folder that {@code igpt run export} made, or that of a run: {@code runs/3-pretrain}.
     *
     * @throws UserException if it is neither, or a file in it is missing or damaged; in one line, with what to do
     * @throws UncheckedIOException if a file in it cannot be read
     */
    public static Encoder open(Path folder) {
        Objects.requireNonNull(folder, "folder is null");
        NativeEnvironment.prepareLibrary();
        try {
            var model = ExportFolder.is(folder) ? ExportFolder.read(folder) : RunModel.read(folder);
            var origin = model.origin();
            return new Encoder(
                    model.parts(),
                    new Provenance(
                            origin.name(),
                            origin.run(),
                            origin.iteration(),
                            origin.validationNats(),
                            origin.gitCommit(),
                            origin.dataset(),
                            origin.classifierRun()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /** Which run, checkpoint and commit it is of. */
    public Provenance provenance() {
        return provenance;
    }

    /** The layer whose features are given unless another is asked for: its classifier's, or the one in the middle. */
    public int layer() {
        if (parts.probe() != null) {
            return parts.probe().layer();
        }
        return parts.head() != null ? parts.head().layer() : layers() / 2;
    }

    /** The last layer; the first is 0. */
    public int layers() {
        return parts.config().layers();
    }

    /** The names of the classes that it tells apart; empty if it has no classifier. */
    public List<String> classes() {
        return classifier == null ? List.of() : parts.classes();
    }

    /** The features of each image at {@link #layer}: the mean over all positions. */
    public float[][] embed(BufferedImage... images) {
        return embed(layer(), images);
    }

    /**
     * The features of each image at a layer.
     *
     * @param layer 0 to {@link #layers}
     * @return a row of features for each image
     * @throws IllegalArgumentException if there is no such layer
     */
    public float[][] embed(int layer, BufferedImage... images) {
        checkOpen();
        if (layer < 0 || layer > layers()) {
            throw new IllegalArgumentException("layer %d of 0 to %d".formatted(layer, layers()));
        }
        var probe = parts.probe();
        var tap = probe == null ? Tap.MEAN_NORM : probe.tap();
        int width = parts.config().width();
        var shown = shown(images);
        if (shown.isEmpty()) {
            return new float[0][];
        }
        float[] flat;
        synchronized (this) {
            checkOpen();
            flat = predictor.features(shown, tap, 0, done -> {})[layer];
        }
        var features = new float[images.length][];
        for (int i = 0; i < features.length; i++) {
            features[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return features;
    }

    /**
     * What each image is taken for.
     *
     * @throws UserException if it has no classifier
     */
    public List<Prediction> classify(BufferedImage... images) {
        checkOpen();
        if (classifier == null) {
            throw new UserException(
                    "model %s of run %d was exported without a classifier: ./igpt run probe, and export it again"
                            .formatted(provenance.model(), provenance.run()));
        }
        var shown = shown(images);
        if (shown.isEmpty()) {
            return List.of();
        }
        List<ImageClassifier.Answer> answers;
        synchronized (this) {
            checkOpen();
            answers = classifier.classify(shown, done -> {});
        }
        return answers.stream().map(this::prediction).toList();
    }

    /**
     * Draws images from the model. Which ones depends on the seed alone: of more images the first are the same.
     *
     * @param n how many
     * @throws UserException if it is a BERT, which has no order to draw in
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public List<BufferedImage> sample(long seed, int n) {
        checkOpen();
        if (n < 0) {
            throw new IllegalArgumentException(n + " images to draw");
        }
        if (!parts.config().causal()) {
            throw new UserException("model %s of run %d is a BERT, which has no order to draw pixels in: open another"
                    .formatted(provenance.model(), provenance.run()));
        }
        var images = new ArrayList<BufferedImage>();
        synchronized (this) {
            checkOpen();
            var open = drawing();
            var generator = new ImageGenerator(open.network(), open.decoder(), TokenSampler.EXACT, seed);
            for (int first = 0; first < n; first += Decoder.ROWS) {
                var prompts = IntStream.range(first, Math.min(n, first + Decoder.ROWS))
                        .mapToObj(image -> new ImageGenerator.Prompt(image, 0, new int[0]))
                        .toList();
                generator.draw(prompts, () -> {}).forEach(drawn -> images.add(predictor.picture(drawn.tokens())));
            }
        }
        return images;
    }

    private Drawing drawing() {
        var open = drawing;
        if (open == null) {
            var device = Device.cpu(Runtime.getRuntime().availableProcessors());
            MemoryNeeds.checkDrawing(parts.config(), Decoder.ROWS, device);
            var network = new Network(parts.config(), Decoder.ROWS, device, null, Precision.FLOAT32);
            try {
                open = new Drawing(network, new Decoder(network, Decoder.ROWS));
                network.restoreWeights(parts.weights());
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
            drawing = open;
        }
        return open;
    }

    private Prediction prediction(ImageClassifier.Answer answer) {
        var probabilities = new LinkedHashMap<String, Double>();
        for (int label : answer.best(parts.classes().size())) {
            probabilities.put(parts.classes().get(label), answer.probabilities()[label]);
        }
        return new Prediction(
                parts.classes().get(answer.predicted()), answer.probabilities()[answer.predicted()], probabilities);
    }

    /** Each as the only one of its kind: a BERT hides the same pixels of all. */
    private List<Shown> shown(BufferedImage... images) {
        Objects.requireNonNull(images, "images is null");
        for (int i = 0; i < images.length; i++) {
            int place = i;
            Objects.requireNonNull(images[i], () -> "image %d of %d is null".formatted(place, images.length));
        }
        int background = parts.preparation().decoding().background();
        int resolution = parts.preparation().resolution();
        return Arrays.stream(images)
                .map(image -> new Shown(0, predictor.tokens(Squares.of(image, background, resolution))))
                .toList();
    }

    private synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the encoder is closed");
        }
    }

    /** Waits for a call under way; a second time does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            predictor.close();
            if (drawing != null) {
                drawing.network().close();
            }
        }
    }
}
