package igpt.page.view;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far a step is, as a bar can show it. */
public record Progress(long done, long total, String words) {
    private static final Pattern COUNTED = Pattern.compile("(\\d+) / (\\d+)(?: .*)?");

    /** Of {@code 300 / 900 iterations}; null of what has no end that is known. */
    public static @Nullable Progress of(@Nullable String words) {
        var counted = COUNTED.matcher(words == null ? "" : words);
        return counted.matches()
                ? new Progress(Long.parseLong(counted.group(1)), Long.parseLong(counted.group(2)), counted.group())
                : null;
    }
}
