package igpt.recipe;

import igpt.config.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Layers of a model as the parameter {@code layer} names them: {@code best}, {@code 5}, {@code 3,4,5} or {@code all}. */
public final class LayerChoice {
    public static final String BEST = "best";
    private static final String ALL = "all";

    private LayerChoice() {}

    /** @throws UsageException if it names none */
    public static void check(String layer) {
        if (!layer.equals(BEST) && !layer.equals(ALL)) {
            numbers(layer);
        }
    }

    /**
     * Ascending.
     *
     * @param last of the model's
     * @param best is asked only where it is wanted
     * @throws UsageException if the model has no such layer
     */
    public static List<Integer> of(String layer, int last, IntSupplier best) {
        var layers =
                switch (layer) {
                    case ALL -> IntStream.rangeClosed(0, last).boxed().toList();
                    case BEST -> List.of(best.getAsInt());
                    default -> numbers(layer);
                };
        int highest = layers.get(layers.size() - 1);
        if (highest > last) {
            throw new UsageException(
                    "parameter 'layer' cannot be %d: the model has the layers 0 to %d".formatted(highest, last));
        }
        return layers;
    }

    private static List<Integer> numbers(String layer) {
        try {
            var numbers = Arrays.stream(layer.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .distinct()
                    .sorted()
                    .toList();
            if (numbers.get(0) < 0) {
                throw new NumberFormatException();
            }
            return numbers;
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "parameter 'layer' cannot be '%s': it must be best, all, or numbers such as 3,4,5".formatted(layer),
                    e);
        }
    }
}
