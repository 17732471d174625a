package igpt.page;

import igpt.config.Project;
import igpt.launch.JobCatalogue;
import igpt.schema.UserException;
import java.net.BindException;
import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/** The page, from when it is opened to when it is closed. */
public final class PageServer implements AutoCloseable {
    private final AnnotationConfigServletWebServerApplicationContext context;
    private final PageSettings settings;

    private PageServer(AnnotationConfigServletWebServerApplicationContext context, PageSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** @throws UserException if the port is taken */
    public static PageServer open(PageSettings settings, JobCatalogue catalogue, Project project, Launching launching) {
        PageLogging.begin();
        var context = new AnnotationConfigServletWebServerApplicationContext();
        context.setEnvironment(new Sealed());
        context.registerBean(PageSettings.class, () -> settings);
        context.registerBean(JobCatalogue.class, () -> catalogue);
        context.registerBean(Project.class, () -> project);
        context.registerBean("launching", Launching.class, () -> launching, bean -> bean.setDestroyMethodName(""));
        context.register(PageConfiguration.class);
        try {
            context.refresh();
        } catch (RuntimeException e) {
            context.close();
            for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException) {
                    throw new UserException(
                            "port %d is in use: choose another, as port=%d or --page %2$d"
                                    .formatted(settings.port(), settings.port() + 1),
                            e);
                }
                if (cause instanceof BindException) {
                    throw new UserException(
                            "the page cannot be at %s: give an address of this machine, or 0.0.0.0 for all of them"
                                    .formatted(settings.address().getHostAddress()),
                            e);
                }
            }
            throw e;
        }
        return new PageServer(context, settings);
    }

    /** What happens to be set in the environment opens the page to nobody. */
    private static final class Sealed extends StandardServletEnvironment {
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}
    }

    public int port() {
        var server = context.getWebServer();
        return server == null ? settings.port() : server.getPort();
    }

    public String url() {
        var address = settings.address();
        var host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return "http://" + host + ":" + port();
    }

    @Override
    public void close() {
        context.close();
    }
}
