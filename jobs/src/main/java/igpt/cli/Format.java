package igpt.cli;

import igpt.schema.UserZone;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How tables are printed: for people, or for programs, which get every digit. */
enum Format {
    TABLE {
        @Override
        void print(Table table, PrintStream out) {
            var cells = new ArrayList<List<String>>();
            cells.add(table.columns());
            table.rows()
                    .forEach(row -> cells.add(row.stream().map(Format::shown).toList()));
            int columns = table.columns().size();
            var widths = new int[columns];
            var right = new boolean[columns];
            for (var line : cells)
                Arrays.setAll(widths, c -> Math.max(widths[c], line.get(c).length()));
            for (var row : table.rows()) {
                for (int c = 0; c < columns; c++) right[c] |= row.get(c) instanceof Number;
            }
            for (var line : cells) {
                var text = new StringBuilder();
                for (int c = 0; c < columns; c++) {
                    var padding = " ".repeat(widths[c] - line.get(c).length());
                    text.append(right[c] ? padding + line.get(c) : line.get(c) + padding)
                            .append("  ");
                }
                out.println(text.toString().stripTrailing());
            }
        }

        @Override
        void print(Map<String, Table> sections, PrintStream out) {
            var filled = new ArrayList<>(sections.entrySet());
            filled.removeIf(section -> section.getValue().isEmpty());
            for (int i = 0; i < filled.size(); i++) {
                if (i > 0) out.println();
                out.println(filled.get(i).getKey().toUpperCase(Locale.ROOT));
                print(filled.get(i).getValue(), out);
            }
        }
    },
    CSV {
        @Override
        void print(Table table, PrintStream out) {
            out.println(String.join(",", table.columns()));
            for (var row : table.rows()) {
                out.println(row.stream().map(Format::field).collect(Collectors.joining(",")));
            }
        }

        @Override
        void print(Map<String, Table> sections, PrintStream out) {
            sections.forEach((name, table) -> {
                out.println("# " + name);
                print(table, out);
            });
        }
    },
    JSON {
        @Override
        void print(Table table, PrintStream out) {
            out.println(json(table, ""));
        }

        @Override
        void print(Map<String, Table> sections, PrintStream out) {
            out.println(sections.entrySet().stream()
                    .map(section -> "  " + quoted(section.getKey()) + ": " + json(section.getValue(), "  "))
                    .collect(Collectors.joining(",\n", "{\n", "\n}")));
        }

        private String json(Table table, String indent) {
            if (table.isEmpty()) return "[]";
            return table.rows().stream()
                    .map(row -> object(table.columns(), row))
                    .collect(Collectors.joining(",\n" + indent + "  ", "[\n" + indent + "  ", "\n" + indent + "]"));
        }

        private String object(List<String> columns, List<@Nullable Object> row) {
            var members = new ArrayList<String>();
            for (int c = 0; c < columns.size(); c++) {
                members.add(quoted(columns.get(c)) + ": " + value(row.get(c)));
            }
            return "{" + String.join(", ", members) + "}";
        }

        private String value(@Nullable Object value) {
            if (value == null) return "null";
            boolean finite = !(value instanceof Double d) || Double.isFinite(d);
            return (value instanceof Number && finite) || value instanceof Boolean
                    ? value.toString()
                    : quoted(value.toString());
        }

        private String quoted(String text) {
            var quoted = new StringBuilder("\"");
            text.chars().forEach(c -> {
                if (c == '"' || c == '\\') quoted.append('\\').append((char) c);
                else if (c == '\n') quoted.append("\\n");
                else if (c < ' ') quoted.append(String.format("\\u%04x", c));
                else quoted.append((char) c);
            });
            return quoted.append('"').toString();
        }
    };

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    abstract void print(Table table, PrintStream out);

    abstract void print(Map<String, Table> sections, PrintStream out);

    /** For people: six digits, whole seconds. */
    private static String shown(@Nullable Object value) {
        if (value == null) return "-";
        if (value instanceof LocalDateTime time) return SECONDS.format(time);
        if (value instanceof Instant time) return SECONDS.format(time.atZone(UserZone.get()));
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) && number != 0 ? sixDigits(number) : value.toString();
        }
        return value.toString().lines().findFirst().orElse("");
    }

    /** And no exponent where there is nothing behind the point: 20, not 2E+1. */
    private static String sixDigits(double number) {
        var rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toString();
    }

    /** RFC 4180. */
    private static String field(@Nullable Object value) {
        if (value == null) return "";
        var text = value.toString();
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
