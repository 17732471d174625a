package igpt.report.html;

import java.util.List;

/** A part of a section. */
public sealed interface Block {

    record Paragraph(String text) implements Block {}

    /**
     * A drawing.
     *
     * @param wide as SVG; narrow the same for a narrow window, or empty: then that pushes the wide one
     */
    record Drawn(String title, String caption, String alternative, String wide, String narrow) implements Block {}

    /** @param data the address of the picture, which holds it whole */
    record Image(String title, String caption, String alternative, String data) implements Block {}

    /** @param folded whether it is shown only when it is asked for */
    record Grid(String caption, List<String> columns, List<List<Cell>> rows, boolean folded) implements Block {

        /** Whether the column's name stands to the right, as what is below it does. */
        public boolean isNumber(int column) {
            return rows.stream().anyMatch(row -> row.get(column).number());
        }
    }

    /** @param number whether it stands to the right */
    record Cell(String text, boolean number) {}
}
