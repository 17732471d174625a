package igpt.schema.folder;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.db.HistoryTables;
import igpt.schema.db.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Takes runs out of the database and their files off the disk. The folder gets another name first, then the rows go, then
 * the files: killed in between, the same deletion finishes the work, and no row of another run names a file that is gone.
 */
public final class Deletion {
    private static final String DELETED = ".deleted";

    private final Database database;
    private final JdbcClient jdbc;
    private final Path runs;

    public Deletion(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.runs = database.runsFolder().path();
    }

    /** The runs that made something from what this one made, or keep files in its folder; and so on. The newest first. */
    public List<Long> dependents(long run) {
        var found = new TreeSet<Long>();
        var left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            long next = left.remove();
            for (long one : directDependents(next)) {
                if (one != run && found.add(one)) {
                    left.add(one);
                }
            }
        }
        return List.copyOf(found.descendingSet());
    }

    private List<Long> directDependents(long run) {
        return jdbc.sql(
                        """
                        select e.job_instance_id from batch_job_execution e
                        join artifact a on a.job_execution_id = e.job_execution_id
                        join artifact_input i on i.artifact_id = a.artifact_id
                        join artifact b on b.artifact_id = i.input_id
                        join batch_job_execution f on f.job_execution_id = b.job_execution_id
                        where f.job_instance_id = :run
                        union
                        select e.job_instance_id from batch_job_execution e
                        join artifact a on a.job_execution_id = e.job_execution_id
                        join sweep_trial t on t.sweep_id = a.artifact_id
                        where t.run = :run
                        union
                        select e.job_instance_id from batch_job_execution e
                        join artifact a on a.job_execution_id = e.job_execution_id
                        where a.path like :folder
                        """)
                .param("run", run)
                .param("folder", run + "-%")
                .query(Long.class)
                .list();
    }

    /** Runs that nothing depends on any more, one after the other: dependents first. Each is locked. */
    public void delete(List<Long> dependentsFirst) {
        for (long run : dependentsFirst) {
            try (var lock = database.lock(run)) {
                delete(lock.run());
            }
        }
    }

    private void delete(long run) {
        var folder = folder(run);
        var aside = folder.resolveSibling(folder.getFileName() + DELETED);
        // An artifact that this run finished for another lies in the other's folder.
        var abroad = jdbc.sql(
                        """
                        select a.path from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
                        where e.job_instance_id = ? and a.kind <> 'SWEEP' and a.path not like ?
                        """)
                .params(run, folder.getFileName() + "/%")
                .query(String.class)
                .list();
        try {
            if (Files.isDirectory(folder)) {
                FileSystemUtils.deleteRecursively(aside); // left by one that was killed
                Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            var transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
            transactions.executeWithoutResult(status -> deleteRows(run));
            for (var path : abroad) {
                FileSystemUtils.deleteRecursively(runs.resolve(path));
            }
            FileSystemUtils.deleteRecursively(aside);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path folder(long run) {
        return jdbc.sql("select job_name from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(String.class)
                .optional()
                .map(job -> RunFolder.of(runs, run, job).path())
                .orElseThrow(() -> new UserException("there is no run " + run));
    }

    private void deleteRows(long run) {
        for (var artifact : new Artifacts(jdbc)
                .ofRun(run).stream()
                        .sorted((a, b) -> Long.compare(b.id(), a.id()))
                        .toList()) {
            deleteOwned(HistoryTables.OF_ARTIFACT, artifact.id());
        }
        jdbc.sql("delete from run_child where child = ?").params(run).update();
        deleteOwned(HistoryTables.OF_RUN, run);
    }

    private void deleteOwned(List<HistoryTables.Table> tables, long owner) {
        for (int i = tables.size() - 1; i >= 0; i--) {
            jdbc.sql("delete from " + tables.get(i).name() + " where "
                            + tables.get(i).owned())
                    .params(owner)
                    .update();
        }
    }

    /** What a deletion that was killed after the rows were gone has left. */
    public void sweep() {
        try (var all = Files.list(runs)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var name = path.getFileName().toString();
                if (name.endsWith(DELETED)) {
                    var folder = RunFolder.named(runs, name.substring(0, name.length() - DELETED.length()));
                    if (folder.isPresent() && !known(folder.get().run()) && ours(path)) {
                        FileSystemUtils.deleteRecursively(path);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private boolean known(long run) {
        return jdbc.sql("select count(*) from batch_job_instance where job_instance_id = ?")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static boolean ours(Path folder) {
        return Files.exists(folder.resolve("history/run.id"));
    }
}
