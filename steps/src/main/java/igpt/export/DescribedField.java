package igpt.export;

import com.fasterxml.jackson.databind.JsonNode;
import igpt.schema.file.CorruptFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A field of a JSON file that this program wrote, taken for what it must be and nothing else.
 *
 * @param name with those that it is in, {@code model.layers}; empty for the whole file
 */
record DescribedField(Path file, String name, JsonNode value) {
    private static final int SHOWN = 40; // characters of a value that is wrong

    /** @throws CorruptFileException if it is missing */
    DescribedField get(String child) {
        var found = find(child);
        if (found == null) {
            throw DamagedExport.of(file, nameOf(child) + " is missing");
        }
        return found;
    }

    /** Null if it is missing. */
    @Nullable
    DescribedField find(String child) {
        if (!value.isObject()) {
            throw bad("an object");
        }
        var found = value.get(child);
        return found == null || found.isNull() ? null : new DescribedField(file, nameOf(child), found);
    }

    private String nameOf(String child) {
        return name.isEmpty() ? child : name + "." + child;
    }

    int number(int least, int most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw bad("a whole number "
                    + (most == Integer.MAX_VALUE ? "of at least " + least : "from %d to %d".formatted(least, most)));
        }
        return value.intValue();
    }

    long whole() {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad("a whole number");
        }
        return value.longValue();
    }

    double decimal() {
        if (!value.isNumber()) {
            throw bad("a number");
        }
        return value.doubleValue();
    }

    double share() {
        if (!value.isNumber() || !(value.doubleValue() > 0 && value.doubleValue() < 1)) {
            throw bad("a number between 0 and 1");
        }
        return value.doubleValue();
    }

    boolean yesOrNo() {
        if (!value.isBoolean()) {
            throw bad("true or false");
        }
        return value.booleanValue();
    }

    String text() {
        if (!value.isTextual()) {
            throw bad("text");
        }
        return value.textValue();
    }

    List<String> texts() {
        if (!value.isArray()) {
            throw bad("a list of texts");
        }
        var texts = new ArrayList<String>();
        for (var one : value) {
            texts.add(new DescribedField(file, name, one).text());
        }
        return texts;
    }

    String matching(String pattern, String words) {
        if (!text().matches(pattern)) {
            throw bad(words);
        }
        return text();
    }

    <T> T oneOf(Map<String, T> values) {
        var found = values.get(text());
        if (found == null) {
            throw bad(String.join(" or ", new TreeSet<>(values.keySet())));
        }
        return found;
    }

    CorruptFileException bad(String wanted) {
        var text = value.toString();
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
        return DamagedExport.of(file, "%s is %s; it must be %s".formatted(name.isEmpty() ? "it" : name, shown, wanted));
    }
}
