package igpt.probe;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one probe sees: a layer of a network, or several layers of the trained one side by side.
 *
 * @param network as probes are named: trained, untrained, pixels or concat
 * @param layer the one in the middle of several
 * @param layers in order
 */
public record ProbedLayers(String network, int layer, List<Integer> layers) {
    public static final String TRAINED = "trained";
    public static final String CONCAT = "concat";

    public static ProbedLayers one(String network, int layer) {
        return new ProbedLayers(network, layer, List.of(layer));
    }

    /** {@code count} layers of 0 … last around the centre; moved inwards at the ends, so that there are still as many. */
    public static ProbedLayers around(int centre, int count, int last) {
        int wide = Math.min(count, last + 1);
        int from = Math.max(0, Math.min(centre - count / 2, last + 1 - wide));
        return new ProbedLayers(
                CONCAT, centre, IntStream.range(from, from + wide).boxed().toList());
    }

    public boolean concatenated() {
        return network.equals(CONCAT);
    }

    /** The network whose features they are. */
    String featuresOf() {
        return concatenated() ? TRAINED : network;
    }

    /** As in messages: {@code trained layer 3}. */
    public String words() {
        return concatenated()
                ? "layers %d to %d side by side".formatted(layers.get(0), layers.get(layers.size() - 1))
                : "%s layer %d".formatted(network, layer);
    }
}
