package igpt.cli;

import igpt.manage.RunStop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        description =
                "Stop a run at its next commit point or, where that is more than 7 s away, at its last; igpt resume continues it.")
final class StopCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN", description = "Its number.")
    private long run;

    StopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String line = session.ask(database -> RunStop.request(database, run));
        session.out().println(line);
        return 0;
    }
}
