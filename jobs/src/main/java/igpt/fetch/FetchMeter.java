package igpt.fetch;

import igpt.console.Console;
import igpt.forecast.Durations;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** How far a download is: a bar on a terminal, a line now and then elsewhere. */
final class FetchMeter implements AutoCloseable {
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double MB = 1e6;

    private final String name;
    private final long before;
    private final long total;
    private final Console console;
    private final long began = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private long done;
    private long lineAt = began;

    /**
     * @param before bytes that were there already
     * @param total 0 where it is not known
     */
    FetchMeter(String name, long before, long total, Console console) {
        this.name = name;
        this.before = before;
        this.total = total;
        this.console = console;
        done = before;
        bar = console.columns() > 0 ? bar() : null;
    }

    private ProgressBar bar() {
        return console.bar(name, before, total)
                .setUnit(" MB", (long) MB)
                .showSpeed()
                .build();
    }

    void add(long bytes) {
        done += bytes;
        if (bar != null) {
            bar.stepTo(done);
        } else if (System.nanoTime() - lineAt >= LINE_EVERY_NANOS) {
            lineAt = System.nanoTime();
            console.out().println(line());
        }
    }

    /** {@code cifar-10-binary.tar.gz.part 34/170 MB 12.1 MB/s 11 s left}. */
    private String line() {
        double perSecond = (done - before) / Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        var line = new StringBuilder("%s %.0f".formatted(name, done / MB));
        if (total > 0) {
            line.append("/%.0f".formatted(total / MB));
        }
        line.append(" MB %.1f MB/s".formatted(perSecond / MB));
        if (done < total && perSecond > 0) {
            line.append(' ').append(Durations.words((total - done) / perSecond)).append(" left");
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        } else {
            console.out().println(line());
        }
    }
}
