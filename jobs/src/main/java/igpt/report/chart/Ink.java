package igpt.report.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The colours of all drawings: Okabe and Ito's, which colour-blind readers tell apart, and greys. Files have the light ones; a
 * page names them, so that it shows light or dark as its reader has chosen.
 */
public enum Ink {
    PAPER(0xffffff, 0x15181c),
    TEXT(0x1f2429, 0xe4e7ea),
    MUTED(0x59626c, 0xa7b0ba),
    GRID(0xdde1e5, 0x343b43),
    BLUE(0x0072b2, 0x56b4e9),
    VERMILION(0xd55e00, 0xe8743b),
    GREEN(0x009e73, 0x2bb58c),
    PURPLE(0xb7648f, 0xcc79a7),
    ORANGE(0xc98900, 0xe69f00);

    private final Color light;
    private final Color dark;

    Ink(int light, int dark) {
        this.light = new Color(light);
        this.dark = new Color(dark);
    }

    /** What lines and bars have, in the order in which they are taken. */
    public static Ink ofSeries(int number) {
        Ink[] inks = {BLUE, VERMILION, GREEN, PURPLE, ORANGE, TEXT};
        return inks[number % inks.length];
    }

    public Color light() {
        return light;
    }

    /** As a property of CSS. */
    public String variable() {
        return "--" + name().toLowerCase(Locale.ROOT);
    }

    /** The properties of a page that draws with them. */
    public static String css() {
        return ":root {\n  color-scheme: light dark;\n" + properties(ink -> ink.light) + "}\n"
                + "@media (prefers-color-scheme: dark) {\n:root {\n" + properties(ink -> ink.dark) + "}\n}\n";
    }

    private static String properties(Function<Ink, Color> colour) {
        return Arrays.stream(values())
                .map(ink -> "  %s: #%06x;\n"
                        .formatted(ink.variable(), colour.apply(ink).getRGB() & 0xffffff))
                .collect(Collectors.joining());
    }

    /** Of a drawing in the light colours: one that takes those of its page. */
    static String named(String svg) {
        var named = svg;
        for (var ink : values()) {
            var c = ink.light;
            named = named.replace(
                    "rgb(%d,%d,%d)".formatted(c.getRed(), c.getGreen(), c.getBlue()), "var(" + ink.variable() + ")");
        }
        return named;
    }
}
