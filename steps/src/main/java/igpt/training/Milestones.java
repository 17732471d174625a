package igpt.training;

import igpt.config.UsageException;
import java.util.Arrays;
import java.util.List;

/**
 * Iterations whose checkpoints are kept for good, to be probed later (Figure 3 of the paper).
 *
 * @param iterations ascending
 */
public record Milestones(List<Long> iterations) {

    /**
     * @param text iterations or fractions of the training, separated by commas: {@code 65000,131000} or
     *     {@code 0.065,0.131}
     */
    public static Milestones parse(String text, int iterations) {
        if (text.isBlank()) {
            return new Milestones(List.of());
        }
        return new Milestones(Arrays.stream(text.split(","))
                .map(word -> parseOne(word.strip(), iterations))
                .sorted()
                .distinct()
                .toList());
    }

    private static long parseOne(String word, int iterations) {
        try {
            double value = Double.parseDouble(word);
            long iteration = value > 0 && value < 1 ? Math.max(1, Math.round(value * iterations)) : (long) value;
            if (iteration >= 1 && iteration <= iterations && (value < 1 || value == iteration)) {
                return iteration;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("parameter 'milestones' cannot hold '" + word + "': iterations from 1 to " + iterations
                + ", or fractions below 1, separated by commas");
    }

    public boolean contains(long iteration) {
        return iterations.contains(iteration);
    }

    /** The next one after {@code iteration}, or {@code otherwise} if that comes first. */
    public long next(long iteration, long otherwise) {
        return iterations.stream()
                .filter(milestone -> milestone > iteration)
                .findFirst()
                .filter(milestone -> milestone < otherwise)
                .orElse(otherwise);
    }
}
