package igpt.page.view;

import java.util.Map;

/** What came of what a reader asked for, by the word that the address of the next view says it with. */
final class Notice {
    private static final Map<String, String> LINES = Map.of(
            "unchanged", "This run was complete already, so nothing was done. Run it again to do it once more.",
            "stopping", "It stops at its next commit point, within 10 s.",
            "deleted", "Deleted.");

    private Notice() {}

    /** Empty if it says none. */
    static String of(String word) {
        return LINES.getOrDefault(word, "");
    }
}
