package igpt.console;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, with names in the first line. On a terminal what would steer it is escaped; to a file or another program
 * everything goes as it is.
 */
public record Csv(Console console) {

    public void print(Table table) {
        line(String.join(",", table.columns()));
        for (var row : table.rows()) {
            line(row.stream().map(this::field).collect(Collectors.joining(",")));
        }
    }

    private void line(String text) {
        console.out().print(text + "\n");
    }

    private String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var text = console.columns() > 0 ? Printable.of(value.toString()) : value.toString();
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
