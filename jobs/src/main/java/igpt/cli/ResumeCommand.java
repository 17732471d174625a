package igpt.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Resume a failed, stopped or killed run, with the parameters it was started with.")
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its number (default: the last one that is not complete).")
    private @Nullable Long run;

    @Option(
            names = "--page",
            arity = "0..1",
            paramLabel = "PORT",
            preprocessor = PageCommand.Port.class,
            description = "Show it on a page for the browser meanwhile, at this port (default: 8080).")
    private int page = PageCommand.NONE;

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return Launches.make(session, page, service -> service.resume(run));
    }
}
