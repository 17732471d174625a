package igpt.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an image is taken for.
 *
 * @param name of the class
 * @param probability of it, 0 to 1
 * @param probabilities of all classes by name, the predicted one first, then the likeliest
 */
public record Prediction(String name, double probability, Map<String, Double> probabilities) {
    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
