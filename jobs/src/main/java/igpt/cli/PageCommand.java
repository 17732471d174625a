package igpt.cli;

import igpt.cli.signal.StopSignals;
import igpt.config.Settings;
import igpt.config.UsageException;
import igpt.launch.LaunchService;
import igpt.launch.LaunchedRun;
import igpt.launch.RunListener;
import igpt.page.Launching;
import igpt.page.PageServer;
import igpt.page.PageSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "page",
        description = {
            "Open a page for the browser: what runs, what came out; launch, stop, resume, compare. Ctrl-C closes it, and stops"
                    + " what it has launched.",
            "",
            "Example: igpt page port=8080"
        })
final class PageCommand implements Callable<Integer> {
    /** No page is asked for. */
    static final int NONE = -1;

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "name=value",
            description =
                    "port=8080, address=127.0.0.1; at another address others can come, so password=FILE must be given,"
                            + " or the variable IGPT_PAGE_PASSWORD.")
    private List<String> settings = List.of();

    @Option(names = "--password", description = "Ask for a password and print what such a file holds: its bcrypt hash.")
    private boolean password;

    PageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (password) {
            session.out().println(PageSettings.hash(ask()));
            return 0;
        }
        var page = PageSettings.of(Settings.parse(settings), System.getenv(PageSettings.VARIABLE));
        var told = new CopyOnWriteArrayList<CompletableFuture<?>>();
        int signal;
        try (var signals = new StopSignals(session.surroundings().patience());
                var launching = Launching.whenAsked(session.project(), () -> Launches.open(session))) {
            launching.listen(new Lines(session));
            launching.onLaunch(signals::watch);
            launching.onLaunch(run -> told.add(tell(run)));
            try (var server = PageServer.open(page, session.catalogue(), session.project(), launching)) {
                session.out().println("page: " + server.url() + "; Ctrl-C closes it");
                signal = signals.await();
            }
        }
        told.forEach(CompletableFuture::join);
        session.out().println("page closed");
        return Launches.SIGNAL_OFFSET + signal;
    }

    /** How each run ended, and how to resume it. */
    private CompletableFuture<?> tell(LaunchedRun run) {
        return run.outcome().handle((outcome, refused) -> outcome == null ? 0 : Launches.tell(session, outcome, 0));
    }

    /** What is said before a run has a number, and what nobody looks at the log for. */
    private record Lines(Session session) implements RunListener {
        @Override
        public void said(long run, String line) {
            if (run == 0) {
                session.out().println(line);
            }
        }

        @Override
        public void stuck(long run, String reason) {
            session.err().println("igpt: " + reason);
        }
    }

    private static String ask() throws IOException {
        var terminal = System.console();
        if (terminal != null) {
            var typed = terminal.readPassword("Password: ");
            var again = terminal.readPassword("Once more: ");
            if (typed == null || again == null || !String.valueOf(typed).equals(String.valueOf(again))) {
                throw new UsageException("these are two passwords: try again");
            }
            return String.valueOf(typed);
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = in.readLine();
        return line == null ? "" : line;
    }

    /** The page of a run that this process is there for. */
    static PageServer open(Session session, LaunchService service, int port) {
        var launching = Launching.with(session.project(), service);
        var settings = PageSettings.of(Map.of("port", String.valueOf(port)), System.getenv(PageSettings.VARIABLE));
        var server = PageServer.open(settings, session.catalogue(), session.project(), launching);
        session.out().println("page: " + server.url());
        return server;
    }

    /** Of {@code --page}, after which a port may stand or not. */
    static final class Port implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> left, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean given = info.containsKey("separator")
                    && info.get("separator") != null
                    && !String.valueOf(info.get("separator")).isEmpty();
            if (!given && (left.isEmpty() || !left.peek().matches("\\d{1,5}"))) {
                left.push(String.valueOf(PageSettings.PORT));
            }
            return false;
        }
    }
}
