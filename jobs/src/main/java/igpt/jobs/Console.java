package igpt.jobs;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Where a run tells how it goes.
 *
 * @param columns of the terminal; 0 where there is none, so lines instead of bars
 */
public record Console(PrintStream out, int columns) {
    private static final boolean BLOCKS = Charset.defaultCharset().newEncoder().canEncode('█');

    /**
     * A bar, if there is a terminal.
     *
     * @param done what was done before it began
     * @param total 0 where it is not known
     */
    public ProgressBarBuilder bar(String name, long done, long total) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total > 0 ? total : -1)
                .startsFrom(done, Duration.ZERO)
                .setStyle(BLOCKS ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out, columns - 1));
    }
}
