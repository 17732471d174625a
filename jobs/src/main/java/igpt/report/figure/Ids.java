package igpt.report.figure;

import java.util.Locale;

/** Parts of file names and of a page's addresses. */
final class Ids {
    private static final int LONGEST = 40;

    private Ids() {}

    /** Letters, digits and hyphens, whatever the name. */
    static String of(String name) {
        var plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
