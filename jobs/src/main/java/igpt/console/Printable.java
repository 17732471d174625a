package igpt.console;

import org.jline.utils.WCWidth;

/**
 * Text from outside, for the eye: names of files and classes, what users type, what others' exceptions say. A character that
 * would steer the terminal, or turn the line around, is shown as what it is and not obeyed.
 */
public final class Printable {

    private Printable() {}

    /** On one line: {@code \n}, {@code \x1b}, <code>&#92;u202e</code> in place of what cannot be shown. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(Printable::steers)) {
            return text;
        }
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!steers(c)) {
                shown.appendCodePoint(c);
            } else if (c == '\n') {
                shown.append("\\n");
            } else if (c == '\r') {
                shown.append("\\r");
            } else if (c == '\t') {
                shown.append("\\t");
            } else if (c < 0x100) {
                shown.append("\\x%02x".formatted(c));
            } else {
                shown.append("\\u%04x".formatted(c));
            }
        });
        return shown.toString();
    }

    /** Columns that it takes on a terminal; it is printable. */
    public static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** Its beginning, with an ellipsis, if it is wider than that. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        var kept = new StringBuilder();
        int left = columns - 1;
        for (int c : text.codePoints().toArray()) {
            left -= Math.max(0, WCWidth.wcwidth(c));
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append('…').toString();
    }

    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> isDirection(c) || isTag(c);
        };
    }

    /** Marks, embeddings, overrides and isolates of the bidirectional algorithm. */
    private static boolean isDirection(int c) {
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** Letters that nobody sees. */
    private static boolean isTag(int c) {
        return c >= 0xe0000 && c <= 0xe007f;
    }
}
