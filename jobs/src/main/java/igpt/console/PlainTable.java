package igpt.console;

import igpt.schema.query.UserZone;
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
import org.jspecify.annotations.Nullable;

/** For people: aligned, times in their time zone, and no wider than their terminal if there is one. */
public record PlainTable(Console console) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String GAP = "  ";

    /** Columns are not cut to less. */
    private static final int NARROW = 6;

    public void print(Map<String, Table> sections) {
        var filled = new ArrayList<>(sections.entrySet());
        filled.removeIf(section -> section.getValue().isEmpty());
        for (int i = 0; i < filled.size(); i++) {
            if (i > 0) {
                console.out().println();
            }
            console.out()
                    .println(filled.get(i).getKey().toUpperCase(Locale.ROOT).replace('_', ' '));
            print(filled.get(i).getValue());
        }
    }

    public void print(Table table) {
        var cells = new ArrayList<List<String>>();
        cells.add(table.columns());
        table.rows()
                .forEach(row -> cells.add(row.stream().map(PlainTable::shown).toList()));
        int columns = table.columns().size();
        var right = new boolean[columns];
        for (var row : table.rows()) {
            for (int c = 0; c < columns; c++) {
                right[c] |= row.get(c) instanceof Number;
            }
        }
        var widths = new int[columns];
        for (var line : cells) {
            Arrays.setAll(widths, c -> Math.max(widths[c], Printable.width(line.get(c))));
        }
        int most = console.columns() > 0 ? console.columns() : Integer.MAX_VALUE;
        fit(widths, right, most);
        for (var line : cells) {
            var pieces = new ArrayList<List<String>>();
            for (int c = 0; c < columns; c++) {
                pieces.add(pieces(line.get(c), widths[c], table.prose()));
            }
            int height = pieces.stream().mapToInt(List::size).max().orElse(1);
            for (int piece = 0; piece < height; piece++) {
                var text = new StringBuilder();
                for (int c = 0; c < columns; c++) {
                    var cell = piece < pieces.get(c).size() ? pieces.get(c).get(piece) : "";
                    var padding = " ".repeat(widths[c] - Printable.width(cell));
                    text.append(right[c] ? padding + cell : cell + padding).append(GAP);
                }
                console.out().println(Printable.cut(text.toString().stripTrailing(), most));
            }
        }
    }

    /** Prose is broken between words; all else is cut. */
    private static List<String> pieces(String cell, int width, boolean prose) {
        if (!prose || Printable.width(cell) <= width) {
            return List.of(Printable.cut(cell, width));
        }
        var pieces = new ArrayList<String>();
        var piece = "";
        for (var word : cell.split(" ")) {
            var longer = piece.isEmpty() ? word : piece + " " + word;
            if (Printable.width(longer) > width && !piece.isEmpty()) {
                pieces.add(piece);
                longer = word;
            }
            piece = Printable.cut(longer, width);
        }
        pieces.add(piece);
        return pieces;
    }

    /** Cuts the widest text column again and again; where all are narrow, or numbers, the lines' ends are cut. */
    private static void fit(int[] widths, boolean[] numbers, int most) {
        int total = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
        while (total > most) {
            int widest = -1;
            for (int c = 0; c < widths.length; c++) {
                if (!numbers[c] && widths[c] > NARROW && (widest < 0 || widths[c] > widths[widest])) {
                    widest = c;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            total--;
        }
    }

    /** Six digits, whole seconds. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof LocalDateTime time) {
            return SECONDS.format(time);
        }
        if (value instanceof Instant time) {
            return SECONDS.format(time.atZone(UserZone.get()));
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) && number != 0 ? sixDigits(number) : value.toString();
        }
        var lines = value.toString().lines().toList();
        return lines.isEmpty() ? "" : Printable.of(lines.get(0)) + (lines.size() > 1 ? " …" : "");
    }

    /** And no exponent where there is nothing behind the point: 20, not 2E+1. */
    private static String sixDigits(double number) {
        var rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toString();
    }
}
