package igpt.cli;

import igpt.cli.signal.StopSignals;
import igpt.config.Nearest;
import igpt.config.Settings;
import igpt.config.UsageException;
import igpt.page.Launching;
import igpt.page.PageServer;
import igpt.page.PageSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "page",
        description = {
            "Open a page for the browser: what runs, what came out; start, stop, resume. Ctrl-C closes it.",
            "",
            "Example: igpt page port=8080"
        })
final class PageCommand implements Callable<Integer> {
    private static final List<String> NAMES = List.of("port", "address", "password");

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "name=value",
            description = "port=8080; address=127.0.0.1, or another, and then password=FILE must be given, too.")
    private List<String> settings = List.of();

    PageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var page = settings(Settings.parse(settings));
        try (var signals = new StopSignals(session.surroundings().patience());
                var launching = Launching.whenAsked(session.project(), () -> Launches.open(session))) {
            launching.onLaunch(signals::watch);
            try (var server = PageServer.open(page, session.catalogue(), session.project(), launching)) {
                session.out().println("page: " + server.url() + "; Ctrl-C closes it");
                int signal = signals.await();
                return Launches.SIGNAL_OFFSET + signal;
            }
        }
    }

    static PageSettings settings(Map<String, String> given) {
        for (var name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new UsageException("unknown setting '" + name + "'" + Nearest.hint(name, NAMES));
            }
        }
        var port = given.getOrDefault("port", "8080");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            throw new UsageException("port cannot be '" + port + "': it must be a whole number from 0 to 65535");
        }
        var address = given.getOrDefault("address", "127.0.0.1");
        try {
            return new PageSettings(InetAddress.getByName(address), Integer.parseInt(port), null);
        } catch (UnknownHostException e) {
            throw new UsageException("address cannot be '" + address + "': it must be one of this machine", e);
        }
    }
}
