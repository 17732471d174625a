package igpt.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The candidate fewest edits away, if it is near enough to be a slip of the keyboard: not another name altogether. */
    public static Optional<String> to(String typed, Collection<String> candidates) {
        var lower = typed.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt((String c) -> edits(lower, c.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(c -> edits(lower, c.toLowerCase(Locale.ROOT))
                        <= Math.min(Math.max(2, c.length() / 3), Math.max(c.length(), lower.length()) - 1));
    }

    /** The end of an error message: {@code ": did you mean 'x'?"}, or the names there are. */
    public static String hint(String typed, Collection<String> candidates) {
        return to(typed, candidates)
                .map(c -> ": did you mean '" + c + "'?")
                .orElseGet(() ->
                        candidates.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", candidates));
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment distance). */
    static int edits(String a, String b) {
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
