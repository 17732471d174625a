package igpt.console;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Where a run tells how it goes.
 *
 * @param out of which a line is a line, whatever the text
 * @param width columns of the terminal as it is now; 0 where there is none, so lines instead of bars
 */
public record Console(PrintStream out, IntSupplier width) {
    private static final boolean BLOCKS = Charset.defaultCharset().newEncoder().canEncode('█');

    public Console {
        out = Lines.of(out);
    }

    public Console(PrintStream out, int columns) {
        this(out, () -> columns);
    }

    /**
     * @param columns of the terminal when the program began, whose window may be resized; 0: none
     */
    public static Console following(PrintStream out, int columns) {
        return new Console(out, columns == 0 ? () -> 0 : Window.follow(columns));
    }

    public int columns() {
        return width.getAsInt();
    }

    /**
     * A bar, if there is a terminal.
     *
     * @param done what was done before it began
     * @param total 0 where it is not known
     */
    public ProgressBarBuilder bar(String name, long done, long total) {
        return new ProgressBarBuilder()
                .setTaskName(Printable.of(name))
                .setInitialMax(total > 0 ? total : -1)
                .startsFrom(done, Duration.ZERO)
                .setStyle(style())
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out) {
                    @Override
                    public int getMaxRenderedLength() {
                        return Math.max(1, columns() - 1);
                    }
                });
    }

    /** See no-color.org. */
    private static ProgressBarStyle style() {
        var noColour = System.getenv("NO_COLOR");
        if (!BLOCKS) {
            return ProgressBarStyle.ASCII;
        }
        return noColour == null || noColour.isEmpty()
                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                : ProgressBarStyle.UNICODE_BLOCK;
    }
}
