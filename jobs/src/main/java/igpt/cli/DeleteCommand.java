package igpt.cli;

import igpt.manage.RunDeletion;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = "Delete a run: its history, its folder and what it made. Says first what depends on it.")
final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN", description = "Its number.")
    private long run;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(names = "--with-dependents", description = "Also delete the runs that used what it made.")
    private boolean withDependents;

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var database = Database.forJob(session.project().database())) {
            RunDeletion.finish(database);
            var deletion = RunDeletion.of(database, run);
            var dependents = deletion.dependents();
            if (!dependents.isEmpty() && !withDependents) {
                throw new UserException(
                        "run %d is needed by %s: ./igpt delete %1$d --with-dependents --yes deletes them all, files and all"
                                .formatted(run, RunDeletion.words(dependents, database)));
            }
            var all = deletion.all();
            if (!yes) {
                throw new UserException("this deletes %s, files and all: ./igpt delete %d%s --yes"
                        .formatted(
                                RunDeletion.words(all, database),
                                run,
                                dependents.isEmpty() ? "" : " --with-dependents"));
            }
            deletion.make(database);
            session.out()
                    .println("deleted "
                            + all.stream().map(number -> "run " + number).collect(Collectors.joining(", ")));
            return 0;
        }
    }
}
