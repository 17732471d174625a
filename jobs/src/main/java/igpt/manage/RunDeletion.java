package igpt.manage;

import igpt.config.UsageException;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.folder.Deletion;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What deleting a run takes with it.
 *
 * @param dependents runs that used what it made, the newest first
 */
public record RunDeletion(long run, List<Long> dependents) {

    /** @throws UsageException if there is no such run */
    public static RunDeletion of(Database database, long run) {
        if (new RunHistory(database).run(run).isEmpty()) {
            throw UsageException.noRun(run);
        }
        return new RunDeletion(run, new Deletion(database).dependents(run));
    }

    /** What a deletion that was killed has left. */
    public static void finish(Database database) {
        new Deletion(database).sweep();
    }

    /** Dependents first, so that no row names what is gone. */
    public List<Long> all() {
        var all = new ArrayList<>(dependents);
        all.add(run);
        return all;
    }

    /** @throws UserException if one is under way, or its files are elsewhere; then none is deleted */
    public void make(Database database) {
        for (long one : all()) {
            database.holder(one).ifPresent(holder -> {
                throw new UserException("run %d is under way in %s: stop it first".formatted(one, holder));
            });
            database.runsFolder().elsewhere(one).ifPresent(where -> {
                throw new UserException("the files of run %d are not here: %s; delete it there".formatted(one, where));
            });
        }
        new Deletion(database).delete(all());
    }

    /** {@code run 4 probe, run 3 pretrain}. */
    public static String words(List<Long> runs, Database database) {
        var history = new RunHistory(database);
        return runs.stream()
                .map(number -> "run " + number
                        + history.run(number)
                                .map(details -> " " + details.newest().job())
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }
}
