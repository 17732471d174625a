package igpt.generate;

import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.random.Keyed;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws images from an auto-regressive model. Each is drawn with random numbers of its own, keyed by seed, image and
 * position, so that it does not depend on those that are drawn with it.
 */
public final class ImageGenerator {
    private final Decoder decoder;
    private final int positions;
    private final int colours;
    private final TokenSampler sampler;
    private final long seed;

    /**
     * An image to be drawn.
     *
     * @param image and completion are the key of its random numbers: two of one key are drawn alike
     * @param given its first tokens; none for an image that is drawn whole
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Prompt(long image, int completion, int[] given) {}

    /**
     * An image that was drawn.
     *
     * @param tokens all of it, also those given
     * @param nats −log p of the drawn tokens under the model itself, their mean
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Drawn(int[] tokens, double nats) {}

    /** @param decoder of a network whose weights are set before the first image is drawn */
    public ImageGenerator(Network network, Decoder decoder, TokenSampler sampler, long seed) {
        this.decoder = decoder;
        positions = network.config().positions();
        colours = network.config().colours();
        this.sampler = sampler;
        this.seed = seed;
    }

    /** Something that happens after each position. */
    @FunctionalInterface
    public interface Progress<E extends Exception> {
        void position() throws E;
    }

    /**
     * Draws as many images as the decoder takes at a time, or fewer.
     *
     * @param progress is told of each position; what it throws ends the drawing
     */
    public <E extends Exception> List<Drawn> draw(List<Prompt> prompts, Progress<E> progress) throws E {
        if (prompts.size() > decoder.sequences()) {
            throw new IllegalArgumentException(
                    "%d images at a time; the decoder takes %d".formatted(prompts.size(), decoder.sequences()));
        }
        int[][] tokens = new int[prompts.size()][positions];
        double[] nats = new double[prompts.size()];
        int[] before = new int[decoder.sequences()];
        for (int at = 0; at < positions; at++) {
            float[] logits = decoder.logits(at, before);
            for (int row = 0; row < prompts.size(); row++) {
                var prompt = prompts.get(row);
                if (at < prompt.given().length) {
                    tokens[row][at] = prompt.given()[at];
                } else {
                    double uniform = Keyed.random(seed, Keyed.DRAWN_TOKEN, prompt.image(), prompt.completion(), at)
                            .nextDouble();
                    tokens[row][at] = sampler.draw(logits, row * colours, colours, uniform);
                    nats[row] += TokenSampler.nats(logits, row * colours, colours, tokens[row][at]);
                }
                before[row] = tokens[row][at];
            }
            progress.position();
        }
        var drawn = new ArrayList<Drawn>();
        for (int row = 0; row < prompts.size(); row++) {
            drawn.add(new Drawn(
                    tokens[row], nats[row] / (positions - prompts.get(row).given().length)));
        }
        return drawn;
    }
}
