package igpt.page;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What the page's failures say, on the terminal: a browser gets one line of them. What its libraries say is no run's. */
final class PageLogging {
    private static final String OURS = "igpt.page";
    private static final List<String> LIBRARIES = List.of(
            "org.apache.catalina",
            "org.apache.coyote",
            "org.apache.tomcat",
            "org.springframework.boot",
            "org.springframework.security",
            "org.springframework.web");

    private PageLogging() {}

    static void begin() {
        SLF4JBridgeHandler.removeHandlersForRootLogger(); // Tomcat would write to the terminal
        SLF4JBridgeHandler.install();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LIBRARIES.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        Logger ours = context.getLogger(OURS);
        if (ours.getAppender(OURS) != null) {
            return;
        }
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("igpt: the page failed, please report it with what follows: %msg%n%ex");
        encoder.start();
        var terminal = new ConsoleAppender<ILoggingEvent>();
        terminal.setContext(context);
        terminal.setName(OURS);
        terminal.setTarget("System.err");
        terminal.setEncoder(encoder);
        terminal.start();
        ours.setLevel(Level.ERROR);
        ours.addAppender(terminal);
    }
}
