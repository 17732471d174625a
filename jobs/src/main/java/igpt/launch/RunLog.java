package igpt.launch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import igpt.schema.query.UserZone;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A run's log, {@code log.txt} in its folder; attempts follow one another. It has the lines of the run's own threads: the one
 * that works on it, and those that this one makes. Lines of others go to the log that was opened last.
 */
final class RunLog implements AutoCloseable {
    private static final InheritableThreadLocal<@Nullable Long> RUN = new InheritableThreadLocal<>();
    private static final List<RunLog> OPEN = new CopyOnWriteArrayList<>();

    private final long run;
    private final Logger root;
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    private RunLog(long run, Logger root) {
        this.run = run;
        this.root = root;
    }

    /** To be closed by the same thread. */
    interface Lines extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on the lines of this thread, and of those that it makes, are this run's. */
    static Lines linesOf(long run) {
        var before = RUN.get();
        RUN.set(run);
        return () -> RUN.set(before);
    }

    static RunLog open(long run, Path file) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var log = new RunLog(run, context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                "%d{yyyy-MM-dd HH:mm:ss.SSSXXX, " + UserZone.get() + "} %-5level [%thread] %logger{30} %msg%n");
        encoder.start();
        log.appender.setContext(context);
        log.appender.setFile(file.toString());
        log.appender.setEncoder(encoder);
        log.appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent line) {
                return log.isMine() ? FilterReply.NEUTRAL : FilterReply.DENY;
            }
        });
        log.appender.start();
        OPEN.add(log);
        log.root.addAppender(log.appender);
        return log;
    }

    /** Whether what this thread says belongs here. */
    private boolean isMine() {
        var owner = RUN.get();
        RunLog last = this;
        for (var log : OPEN) {
            if (owner != null && log.run == owner) {
                return log == this;
            }
            last = log;
        }
        return last == this;
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        OPEN.remove(this);
        appender.stop();
    }
}
