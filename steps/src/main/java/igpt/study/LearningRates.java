package igpt.study;

import igpt.config.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Learning rates to try, as they are typed: {@code 0.01,0.003,0.001}. */
final class LearningRates {
    private LearningRates() {}

    /**
     * @param parameter that holds them, for the message
     * @return the largest first
     * @throws UsageException if they do not fall, or are none
     */
    static List<Double> parse(String parameter, String text) {
        try {
            var rates = Arrays.stream(text.split(",", -1))
                    .map(rate -> Double.valueOf(rate.strip()))
                    .toList();
            boolean allowed = rates.stream().allMatch(rate -> rate > 0 && rate <= 10);
            boolean fall = IntStream.range(1, rates.size()).allMatch(i -> rates.get(i) < rates.get(i - 1));
            if (allowed && fall) {
                return rates;
            }
        } catch (NumberFormatException e) {
            throw bad(parameter, text);
        }
        throw bad(parameter, text);
    }

    private static UsageException bad(String parameter, String text) {
        return new UsageException("parameter '" + parameter + "' cannot be '" + text
                + "': it must be numbers from the largest down, above 0 and at most 10, with commas between");
    }
}
