package igpt.page.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@code POST /api/v1/runs}.
 *
 * @param parameters by name; values are numbers, booleans or texts
 * @param preset of {@code config/presets}; what stands in parameters wins
 * @param again whether to run again what is complete
 */
record LaunchRequest(
        @Nullable String job,
        @Nullable Map<String, @Nullable Object> parameters,
        @Nullable String preset,
        @Nullable Boolean again) {

    /** As they would be typed. */
    Map<String, String> typed() {
        var typed = new LinkedHashMap<String, String>();
        var wrong = new LinkedHashMap<String, String>();
        if (parameters != null) {
            parameters.forEach((name, value) -> {
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    typed.put(name, String.valueOf(value));
                } else {
                    wrong.put(name, "parameter '" + name + "' must be a number, a boolean or a text");
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw new FieldErrors(wrong);
        }
        return typed;
    }
}
