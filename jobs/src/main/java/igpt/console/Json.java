package igpt.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RFC 8259: a row an object. Times are strings in UTC; numbers that JSON has not, as infinity, are null. */
public final class Json {

    private Json() {}

    public static String of(Table table) {
        return of(table, "");
    }

    public static String of(Map<String, Table> sections) {
        return sections.entrySet().stream()
                .map(section -> "  " + quoted(section.getKey()) + ": " + of(section.getValue(), "  "))
                .collect(Collectors.joining(",\n", "{\n", "\n}"));
    }

    private static String of(Table table, String indent) {
        if (table.isEmpty()) {
            return "[]";
        }
        return table.rows().stream()
                .map(row -> object(table.columns(), row))
                .collect(Collectors.joining(",\n" + indent + "  ", "[\n" + indent + "  ", "\n" + indent + "]"));
    }

    private static String object(List<String> columns, List<@Nullable Object> row) {
        var members = new ArrayList<String>();
        for (int c = 0; c < columns.size(); c++) {
            members.add(quoted(columns.get(c)) + ": " + value(row.get(c)));
        }
        return "{" + String.join(", ", members) + "}";
    }

    private static String value(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue()) ? value.toString() : "null";
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    /** All that is not plain text is escaped, which JSON allows of every character: it is printed to terminals too. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (isPlain(c)) {
                quoted.append((char) c);
            } else {
                quoted.append("\\u%04x".formatted(c));
            }
        });
        return quoted.append('"').toString();
    }

    /** Halves of pairs are plain: whole pairs are printed as they are, and single ones are replaced by the encoder. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
