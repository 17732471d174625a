package igpt.report.html;

import igpt.recipe.ResultTable;
import igpt.report.figure.Words;
import igpt.report.html.Block.Cell;
import igpt.report.html.Block.Grid;
import igpt.schema.query.UserZone;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables of a page, from values. */
public final class Grids {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MOST = 200; // rows of a table that may be very long

    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Grids(List<String> columns) {
        this.columns = columns;
    }

    public static Grids of(String... columns) {
        return new Grids(List.of(columns));
    }

    public static Grids of(List<String> columns) {
        return new Grids(columns);
    }

    public Grids row(@Nullable Object... values) {
        return row(Arrays.asList(values));
    }

    public Grids row(List<? extends @Nullable Object> values) {
        var cells = new ArrayList<Cell>();
        for (var value : values) {
            cells.add(cell(value));
        }
        rows.add(cells);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public Grid captioned(String caption) {
        return new Grid(caption, columns, rows, false);
    }

    public Grid folded(String caption) {
        return new Grid(caption, columns, rows, true);
    }

    /** What a recipe tells, as it is. */
    public static Grid of(ResultTable table) {
        var grid = of(
                table.columns().stream().map(column -> column.replace('_', ' ')).toList());
        table.rows().stream().limit(MOST).forEach(grid::row);
        int left = table.rows().size() - MOST;
        var caption = table.name().replace('_', ' ')
                + (left > 0 ? " (the first %,d of %,d)".formatted(MOST, MOST + left) : "");
        return grid.folded(caption);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return new Cell("–", false);
        }
        if (value instanceof Cell made) {
            return made;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return new Cell(Double.isFinite(number) ? Words.number(number) : value.toString(), true);
        }
        if (value instanceof Long || value instanceof Integer) {
            return new Cell(String.format(Locale.ROOT, "%,d", ((Number) value).longValue()), true);
        }
        if (value instanceof Instant time) {
            return new Cell(SECONDS.format(time.atZone(UserZone.get())), false);
        }
        return new Cell(value.toString(), value instanceof Number);
    }
}
