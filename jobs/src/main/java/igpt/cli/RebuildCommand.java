package igpt.cli;

import igpt.schema.folder.Rebuild;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rebuild",
        description = "Rebuild a lost database from the folders of the runs. What the database still knows, it keeps.")
final class RebuildCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--yes", description = "The server whose runs they were is lost, too: take them in here.")
    private boolean lost;

    @Mixin
    private HelpOption help = new HelpOption();

    RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Rebuild.run(session.project().database(), lost, session.out()::println);
        return 0;
    }
}
