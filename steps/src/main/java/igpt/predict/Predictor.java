package igpt.predict;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Sequences;
import igpt.model.Tap;
import igpt.picture.Pictures;
import igpt.tokenizer.Tokenizer;
import igpt.train.Masks;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * A model as a function of images: pixels become tokens by the model's own palette, tokens become features or a head's
 * logits. Knows neither jobs nor files. One thread at a time.
 */
public final class Predictor implements AutoCloseable {
    // Axes: n images, b of a batch, s positions, L layers, e width, K classes.
    private final Network network;
    private final Tokenizer tokenizer;
    private final Masks masks;

    /** Called before each batch; may throw to give the work up. */
    @FunctionalInterface
    public interface Between<X extends Exception> {
        /** @param images done since the last call */
        void next(int images) throws X;
    }

    /**
     * @param network to be closed with this
     * @param masks what a BERT does not see; an auto-regressive model sees all
     */
    public Predictor(Network network, Tokenizer tokenizer, Masks masks) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.masks = masks;
    }

    public ModelConfig config() {
        return network.config();
    }

    /** What a square of pixels is to the model: red, green and blue, 3 · resolution² bytes. */
    public short[] tokens(byte[] rgb) {
        return tokenizer.encode(rgb);
    }

    /** The square of pixels that those tokens are, as large as the model's images. */
    public BufferedImage picture(int[] tokens) {
        return Pictures.of(tokenizer.decode(tokens), tokenizer.resolution(), tokenizer.resolution());
    }

    /**
     * The average over positions at each layer: [L + 1][n · e].
     *
     * @param draw which of a BERT's masks each image is under, from 0
     */
    public <X extends Exception> float[][] features(List<Shown> images, Tap tap, int draw, Between<X> between)
            throws X {
        int e = config().width();
        int b = network.batch();
        float[][] features = new float[config().layers() + 1][images.size() * e];
        for (int first = 0; first < images.size(); first += b) {
            int count = Math.min(b, images.size() - first);
            float[] averages = network.features(sequences(images, first, draw), tap, count); // [L + 1, b, e]
            for (int layer = 0; layer < features.length; layer++) {
                System.arraycopy(averages, layer * b * e, features[layer], first * e, count * e);
            }
            between.next(count);
        }
        return features;
    }

    /** The logits of the network's own head, [n][K]. */
    public <X extends Exception> double[][] logits(List<Shown> images, int draw, Between<X> between) throws X {
        var head = Objects.requireNonNull(network.head(), "a network without a head");
        int b = network.batch();
        double[][] logits = new double[images.size()][head.classes()];
        for (int first = 0; first < images.size(); first += b) {
            int count = Math.min(b, images.size() - first);
            float[] batch = network.classify(sequences(images, first, draw), count); // [b, K]
            for (int i = 0; i < count * head.classes(); i++) {
                logits[first + i / head.classes()][i % head.classes()] = batch[i];
            }
            between.next(count);
        }
        return logits;
    }

    /** A batch of the images from {@code first} on; past the end the last one is repeated. */
    private Sequences sequences(List<Shown> images, int first, int draw) {
        int b = network.batch();
        int s = config().positions();
        int[] tokens = new int[b * s];
        float[] seen = new float[b * s];
        for (int i = 0; i < b; i++) {
            var image = images.get(Math.min(first + i, images.size() - 1));
            for (int position = 0; position < s; position++) {
                tokens[i * s + position] = Short.toUnsignedInt(image.tokens()[position]);
            }
            masks.ofImage(image.row(), draw, seen, i * s, s);
        }
        return new Sequences(tokens, seen);
    }

    @Override
    public void close() {
        network.close();
    }
}
