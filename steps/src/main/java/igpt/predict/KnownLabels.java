package igpt.predict;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of images by the names that a classifier has for its own: exactly, or else in whatever case and with whatever
 * stands between words.
 */
final class KnownLabels {
    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, @Nullable String> alike = new HashMap<>(); // null: several are

    /** @param classes that the classifier tells apart */
    KnownLabels(List<String> classes) {
        classes.forEach(name -> {
            exact.put(Normalizer.normalize(name, Normalizer.Form.NFC), name);
            alike.put(key(name), alike.containsKey(key(name)) ? null : name);
        });
    }

    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_-]+", " ")
                .strip();
    }

    /** What the classifier calls that class; null where it knows none such. */
    @Nullable
    String of(@Nullable String label) {
        if (label == null) {
            return null;
        }
        var same = exact.get(Normalizer.normalize(label, Normalizer.Form.NFC));
        return same != null ? same : alike.get(key(label));
    }
}
