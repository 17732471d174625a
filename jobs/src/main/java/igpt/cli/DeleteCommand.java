package igpt.cli;

import igpt.config.UsageException;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.folder.Deletion;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.List;
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
            var history = new RunHistory(database);
            var deletion = new Deletion(database);
            deletion.sweep();
            if (history.run(run).isEmpty()) {
                throw UsageException.noRun(run);
            }
            var dependents = deletion.dependents(run);
            if (!dependents.isEmpty() && !withDependents) {
                throw new UserException(
                        "run %d is needed by %s: ./igpt delete %1$d --with-dependents --yes deletes them all, files and all"
                                .formatted(run, words(dependents, history)));
            }
            var all = new ArrayList<>(dependents);
            all.add(run);
            if (!yes) {
                throw new UserException("this deletes %s, files and all: ./igpt delete %d%s --yes"
                        .formatted(words(all, history), run, dependents.isEmpty() ? "" : " --with-dependents"));
            }
            checkHere(all, database);
            deletion.delete(all);
            session.out()
                    .println("deleted "
                            + all.stream().map(number -> "run " + number).collect(Collectors.joining(", ")));
            return 0;
        }
    }

    private static void checkHere(List<Long> runs, Database database) {
        for (long one : runs) {
            database.runsFolder().elsewhere(one).ifPresent(where -> {
                throw new UserException("the files of run %d are not here: %s; delete it there".formatted(one, where));
            });
        }
    }

    private String words(List<Long> runs, RunHistory history) {
        return runs.stream()
                .map(number -> "run " + number
                        + history.run(number)
                                .map(details -> " " + details.newest().job())
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }
}
