package igpt.schema.folder;

import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.db.HistoryTables;
import igpt.schema.db.OwnedTable;
import igpt.schema.db.OwnedTable.Reference;
import igpt.schema.db.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String OF_RUN = "= :run";
    private static final String OF_ITS_ARTIFACTS =
            """
            in (select a.artifact_id from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
                where e.job_instance_id = :run)
            """;

    private final Database database;
    private final JdbcClient jdbc;
    private final HistoryTables tables;

    public Deletion(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.tables = database.tables();
    }

    private Path runs() {
        return database.runsFolder().path();
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
        var references = tables.ofArtifact().stream()
                .flatMap(table -> links(table).map(link -> ownersOf(table, refersToOneOf(link))))
                .collect(Collectors.joining(" union "));
        return jdbc.sql("select e.job_instance_id from batch_job_execution e"
                        + " join artifact a on a.job_execution_id = e.job_execution_id"
                        + " where a.path like :folder or a.artifact_id in (" + references + ")")
                .param("run", run)
                .param("folder", run + "-%")
                .query(Long.class)
                .list();
    }

    private Stream<Reference> links(OwnedTable table) {
        return table.links().stream().filter(link -> tables.keeps(link.table()));
    }

    /** The artifacts whose rows meet a condition. */
    private String ownersOf(OwnedTable table, String condition) {
        var owner = table.owner();
        return table.isDirect()
                ? "select %s from %s where %s".formatted(owner.column(), table.name(), condition)
                : ownersOf(
                        tables.named(owner.table()),
                        "%s in (select %s from %s where %s)"
                                .formatted(owner.target(), owner.column(), table.name(), condition));
    }

    /** A column that refers to a row of the run, or of what it made. */
    private String refersToOneOf(Reference link) {
        var there = tables.named(link.table());
        return "%s in (select %s from %s where %s)".formatted(link.column(), link.target(), link.table(), ofRun(there));
    }

    private String ofRun(OwnedTable table) {
        return table.ofThose(tables.ofRun().contains(table) ? OF_RUN : OF_ITS_ARTIFACTS);
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
        // An artifact that this run finished for another lies in the other's folder; one without files is named for a
        // run's.
        var abroad = jdbc.sql(
                        """
                        select a.path from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
                        where e.job_instance_id = ? and a.path like '%/%' and a.path not like ?
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
                FileSystemUtils.deleteRecursively(runs().resolve(path));
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
                .map(job -> RunFolder.of(runs(), run, job).path())
                .orElseThrow(() -> new UserException("there is no run " + run));
    }

    /** The last tables first; then what other runs say of this one, which are not made of it. */
    private void deleteRows(long run) {
        backwards(tables.ofArtifact()).forEach(table -> deleteWhere(table, ofRun(table), run));
        backwards(tables.ofRun())
                .forEach(table -> links(table).forEach(link -> deleteWhere(table, refersToOneOf(link), run)));
        backwards(tables.ofRun()).forEach(table -> deleteWhere(table, ofRun(table), run));
    }

    private static List<OwnedTable> backwards(List<OwnedTable> tables) {
        var backwards = new ArrayList<>(tables);
        Collections.reverse(backwards);
        return backwards;
    }

    private void deleteWhere(OwnedTable table, String condition, long run) {
        jdbc.sql("delete from " + table.name() + " where " + condition)
                .param("run", run)
                .update();
    }

    /** What a deletion that was killed after the rows were gone has left. */
    public void sweep() {
        try (var all = Files.list(runs())) {
            for (var path : (Iterable<Path>) all::iterator) {
                var name = path.getFileName().toString();
                if (name.endsWith(DELETED)) {
                    var folder = RunFolder.named(runs(), name.substring(0, name.length() - DELETED.length()));
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
