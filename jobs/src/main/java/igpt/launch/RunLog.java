package igpt.launch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import igpt.schema.query.UserZone;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A run's log, {@code log.txt} in its folder; attempts follow one another. */
final class RunLog implements AutoCloseable {
    /** What a terminal would obey, were the log shown on one. */
    private static final String STEERING = "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]";

    private final Logger root;
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    private RunLog(Logger root) {
        this.root = root;
    }

    static RunLog open(Path file) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var log = new RunLog(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                "%d{yyyy-MM-dd HH:mm:ss.SSSXXX, " + UserZone.get() + "} %-5level [%thread] %logger{30} %msg%n");
        encoder.start();
        log.appender.setContext(context);
        log.appender.setFile(file.toString());
        log.appender.setEncoder(encoder);
        log.appender.start();
        log.root.addAppender(log.appender);
        return log;
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
