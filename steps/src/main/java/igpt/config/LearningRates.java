package igpt.config;

import java.util.Arrays;
import java.util.List;

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
            if (fall(rates)) return rates;
        } catch (NumberFormatException e) {
            throw bad(parameter, text);
        }
        throw bad(parameter, text);
    }

    private static boolean fall(List<Double> rates) {
        for (int i = 0; i < rates.size(); i++) {
            double above = i == 0 ? Math.nextUp(10.0) : rates.get(i - 1);
            if (!(rates.get(i) > 0 && rates.get(i) < above)) return false;
        }
        return true;
    }

    private static UsageException bad(String parameter, String text) {
        return new UsageException("parameter '" + parameter + "' cannot be '" + text
                + "': it must be numbers from the largest down, above 0 and at most 10, with commas between");
    }
}
