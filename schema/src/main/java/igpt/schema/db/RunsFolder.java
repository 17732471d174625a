package igpt.schema.db;

import igpt.schema.UserException;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.lock.Holder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The runs folder, which belongs to one database: the same id stands in both. So no database that is new, or another's,
 * numbers its runs from 1 again and writes over the folders that are there.
 */
public final class RunsFolder {
    private final Path path;
    private final Database database;
    private final JdbcClient jdbc;
    private final FolderId id;

    private RunsFolder(Path path, Database database, FolderId id) {
        this.path = path;
        this.database = database;
        this.jdbc = database.jdbc();
        this.id = id;
    }

    /**
     * Makes sure that the folder is the database's. One that nobody's runs lie in becomes it; so does, once, one from
     * before there were ids, if the database knows all runs in it.
     *
     * @throws UserException if it is another's, or has runs that the database does not know
     */
    static RunsFolder claim(Database database, DatabaseSettings settings) {
        var runs = settings.runs();
        try {
            var there = RunFolder.candidates(runs); // first, since a run has its row before its folder
            var known = knownTo(database.jdbc());
            var ours = databaseId(database.jdbc());
            var theirs = FolderId.read(runs);
            var strangers = new ArrayList<RunFolder>();
            for (var folder : there) {
                if (!known.contains(folder.toString()) && folder.isOfARun()) {
                    strangers.add(folder);
                }
            }
            boolean matches = theirs.isPresent() && ours.equals(theirs.map(FolderId::database));
            if (!matches && there.stream().anyMatch(RunFolder::isOfARun)) {
                if (theirs.isPresent() && !(known.isEmpty() && ours.isEmpty())) {
                    throw belongsToAnother(settings, theirs.get());
                }
                checkAgree(database, settings, there, strangers, ours);
                return adopt(database, settings, there, ours.orElseGet(() -> identify(database.jdbc())));
            }
            if (!strangers.isEmpty()) {
                throw unknown(settings, strangers, known.isEmpty());
            }
            if (matches) {
                return new RunsFolder(runs, database, theirs.orElseThrow());
            }
            var identity = ours.orElseGet(() -> identify(database.jdbc()));
            return new RunsFolder(runs, database, FolderId.claim(runs, FolderId.create(identity, settings.where())));
        } catch (IOException failure) {
            throw unusable(runs, failure);
        }
    }

    /** What stands for a run in the folder's name: {@code 3-pretrain}. */
    private static Set<String> knownTo(JdbcClient jdbc) {
        return new HashSet<>(jdbc.sql("select job_instance_id, job_name from batch_job_instance")
                .query((row, number) -> row.getLong(1) + "-" + row.getString(2))
                .list());
    }

    public static Optional<String> databaseId(JdbcClient jdbc) {
        return jdbc.sql("select database_id from database_identity")
                .query(String.class)
                .optional();
    }

    private static String identify(JdbcClient jdbc) {
        identify(jdbc, UUID.randomUUID().toString());
        return databaseId(jdbc).orElseThrow();
    }

    /** Does nothing where another process came first. */
    public static void identify(JdbcClient jdbc, String id) {
        try {
            jdbc.sql("insert into database_identity (place, database_id) values (1, ?)")
                    .params(id)
                    .update();
        } catch (DuplicateKeyException first) {
            // Then that is the id.
        }
    }

    private static void checkAgree(
            Database database,
            DatabaseSettings settings,
            List<RunFolder> there,
            List<RunFolder> strangers,
            Optional<String> ours)
            throws IOException {
        if (!strangers.isEmpty()) {
            boolean none = database.jdbc()
                            .sql("select count(*) from batch_job_instance")
                            .query(Long.class)
                            .single()
                    == 0;
            throw unknown(settings, strangers, none);
        }
        for (var folder : there) {
            var marked = folder.database();
            if (marked.isPresent() ? !marked.equals(ours) : !holdsWhatRowsName(database, settings.runs(), folder)) {
                throw new UserException("the folder " + folder.path()
                        + " was made by run " + folder.run() + " of another database than " + settings
                        + ": set IGPT_DATABASE_URL to that, or IGPT_RUNS to another folder");
            }
        }
    }

    /** Whether files in a folder that says nothing of its database are those that this one wrote: one of each kind. */
    private static boolean holdsWhatRowsName(Database database, Path runs, RunFolder folder) throws IOException {
        for (var table : database.tables().ofArtifact()) {
            if (!table.namesFiles()) {
                continue;
            }
            var named = database.jdbc()
                    .sql("select path, sha256 from " + table.name() + " where path like ? order by path desc")
                    .params(folder + "/%")
                    .query((row, number) -> List.of(row.getString(1), row.getString(2)))
                    .list();
            for (var one : named) {
                var file = runs.resolve(one.get(0));
                if (Files.exists(file)) {
                    var sha256 = Files.isDirectory(file) ? Checksums.sha256OfFolder(file) : Checksums.sha256(file);
                    if (!sha256.equals(one.get(1))) {
                        return false;
                    }
                    break;
                }
            }
        }
        return true;
    }

    /** The id of the folder itself last: killed before, it is adopted again. */
    private static RunsFolder adopt(Database database, DatabaseSettings settings, List<RunFolder> there, String ours)
            throws IOException {
        var wanted = new RunsFolder(settings.runs(), database, FolderId.create(ours, settings.where()));
        var history = new HistoryFiles(database.jdbc(), wanted);
        for (var folder : there) {
            if (folder.isOfARun()) {
                folder.mark(ours);
                wanted.settle(folder.run());
                history.writeAll(folder.run());
            }
        }
        return new RunsFolder(settings.runs(), database, FolderId.claim(settings.runs(), wanted.id));
    }

    /**
     * The folder of a run, made if it is not there.
     *
     * @throws UserException if there is one that the run did not make
     */
    public Path begin(long run, String job) {
        var folder = RunFolder.of(path, run, job);
        try {
            try {
                Files.createDirectory(folder.path());
                folder.mark(id.database());
            } catch (FileAlreadyExistsException exists) {
                if (Files.isDirectory(folder.path()) && folder.isEmpty()) {
                    folder.mark(id.database()); // by one that was killed here
                }
            }
            if (!folder.database().equals(Optional.of(id.database()))) {
                throw new UserException("the folder " + folder.path() + " is there already, and run " + run
                        + " did not make it: move it away, then try again");
            }
        } catch (IOException failure) {
            throw unusable(folder.path(), failure);
        }
        settle(run);
        return folder.path();
    }

    /** Says that the run's files are in this folder. */
    private void settle(long run) {
        var host = Holder.self().host();
        var updated = jdbc.sql("update run_folder set folder_id = ?, host = ?, path = ? where run = ?")
                .params(id.folder(), host, path.toString(), run)
                .update();
        if (updated == 0) {
            jdbc.sql("insert into run_folder (run, folder_id, host, path) values (?, ?, ?, ?)")
                    .params(run, id.folder(), host, path.toString())
                    .update();
        }
    }

    /** Whether the run has a folder here. */
    public boolean has(long run, String job) {
        return Files.isDirectory(RunFolder.of(path, run, job).path());
    }

    /** Where a run's files are, if that is not here: {@code made on host 'b' in /data/runs}. */
    public Optional<String> elsewhere(long run) {
        return jdbc.sql("select host, path from run_folder where run = ? and folder_id <> ?")
                .params(run, id.folder())
                .query((row, number) -> "made on host '%s' in %s".formatted(row.getString(1), row.getString(2)))
                .optional();
    }

    public Path path() {
        return path;
    }

    /** @throws UserException if there cannot be a folder, or nobody may look into it: it would look like an empty one */
    static void checkPlace(Path runs) {
        var there = runs;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        var why = !Files.isDirectory(there)
                ? " is no folder"
                : !Files.isReadable(there) || !Files.isExecutable(there) ? " may not be read" : "";
        if (!why.isEmpty()) {
            throw new UserException(
                    "the runs folder cannot be " + runs + ": " + there + why + "; choose another with IGPT_RUNS");
        }
    }

    /** What is known of the runs in it. */
    public HistoryTables tables() {
        return database.tables();
    }

    /**
     * To be asked before a database is made where there is none, or is taken for one that has no runs yet.
     *
     * @throws UserException if folders of runs are there, which it would not know
     */
    public static void checkNoRuns(DatabaseSettings settings) {
        try {
            var there = RunFolder.in(settings.runs());
            if (!there.isEmpty()) {
                throw unknown(settings, there, true);
            }
        } catch (IOException failure) {
            throw unusable(settings.runs(), failure);
        }
    }

    private static UserException unknown(DatabaseSettings settings, List<RunFolder> strangers, boolean isNew) {
        var first = strangers.stream()
                .sorted(Comparator.comparingLong(RunFolder::run))
                .limit(3)
                .map(RunFolder::toString)
                .toList();
        var names =
                String.join(", ", first) + (strangers.size() > 3 ? " and %d more".formatted(strangers.size() - 3) : "");
        boolean gone = settings.url() == null && !Files.exists(H2.file(settings.runs()));
        return new UserException((gone ? "there is no database " : "the database ") + settings
                + (gone ? "" : isNew ? " has no runs" : " does not know all runs")
                + ", and the folder " + settings.runs() + " has " + names
                + ": ./igpt rebuild takes them in" + (isNew ? "" : "; what it leaves out, move away")
                + H2.orBackup(settings)
                + "; or set IGPT_DATABASE_URL to the database that knows them, or IGPT_RUNS to another folder");
    }

    private static UserException belongsToAnother(DatabaseSettings settings, FolderId theirs) {
        return new UserException(
                "the runs folder " + settings.runs() + " belongs to another database (" + theirs.where() + ") than "
                        + settings + ": set IGPT_DATABASE_URL to that, or IGPT_RUNS to another folder");
    }

    private static UserException unusable(Path folder, IOException failure) {
        var known = AtomicFiles.explain(folder, failure);
        return known != null ? known : new UserException("cannot use the folder " + folder + ": " + failure, failure);
    }
}
