package igpt.schema.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.FolderId;
import igpt.schema.db.H2;
import igpt.schema.db.HistoryFiles;
import igpt.schema.db.HistoryTables;
import igpt.schema.db.OwnedTable;
import igpt.schema.db.RunFolder;
import igpt.schema.db.RunsFolder;
import igpt.schema.db.TableRows;
import igpt.schema.lock.Holder;
import igpt.schema.lock.HolderFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes into the database what {@link HistoryFiles} keeps in the folders of the runs, as far as the database does not
 * know it: all, after it was lost; a little, after an older copy was restored. All ids stay as they were.
 */
public final class Rebuild {
    private static final String RUN = "job_instance_id";
    private static final String ATTEMPT = "job_execution_id";
    private static final String STEP = "step_execution_id";
    private static final String ARTIFACT = "artifact_id";

    private final Database database;
    private final DatabaseSettings settings;
    private final Consumer<String> say;
    private final JdbcClient jdbc;
    private final TableRows tables;
    private final HistoryTables kept;
    private final TreeMap<Long, Path> runs = new TreeMap<>(); // by number: the file that tells of it
    private final TreeMap<Long, Path> artifacts =
            new TreeMap<>(); // inputs have smaller numbers than what is made from them
    private final Map<String, Long> highest = new HashMap<>(); // by column

    private Rebuild(Database database, DatabaseSettings settings, Consumer<String> say) {
        this.database = database;
        this.settings = settings;
        this.say = say;
        this.jdbc = database.jdbc();
        this.tables = new TableRows(jdbc);
        this.kept = database.tables();
    }

    /**
     * All of it or, killed, nothing.
     *
     * @param lost whether the user has said that the database which the folder names is lost
     * @param say what is left out, and what came of it
     * @throws UserException if there is nothing to take it from, or the database has other runs
     */
    public static void run(DatabaseSettings settings, boolean lost, Consumer<String> say) {
        try {
            var folders = RunFolder.in(settings.runs());
            if (folders.isEmpty()) {
                throw new UserException("there are no folders of runs in " + settings.runs());
            }
            checkLost(settings);
            if (!lost) {
                checkServerLost(settings);
            }
            var id = owner(settings.runs(), folders);
            try (var database = openOrReplace(settings, say)) {
                new Rebuild(database, settings, say).rebuild(id, folders);
            }
        } catch (IOException failure) {
            throw new UserException("cannot read the folders of runs in " + settings.runs() + ": " + failure, failure);
        }
    }

    /** Two databases with the same runs would number the next ones alike, in the same folder. */
    private static void checkLost(DatabaseSettings settings) {
        var runs = settings.runs();
        if (settings.url() == null || !Files.exists(H2.file(runs)) || H2.isBlank(runs)) {
            return;
        }
        HolderFile.read(H2.holder(runs)).filter(Holder::alive).ifPresent(holder -> {
            throw new UserException("a run is in progress in " + runs + " (" + holder
                    + "), whose database is not lost: wait for it, or end it with `igpt stop`");
        });
        throw new UserException("the database of the folder " + runs + " is not lost, it is there: to have its runs in "
                + settings + " in its place, move " + H2.file(runs) + " away first");
    }

    /** A server cannot be looked for in the folder: whoever asks has forgotten its URL, perhaps. */
    private static void checkServerLost(DatabaseSettings settings) throws IOException {
        var where = FolderId.read(settings.runs()).map(FolderId::where).orElse("");
        if (where.startsWith("jdbc:") && !where.equals(settings.where())) {
            throw new UserException(
                    "the runs in %s belong to %s: set IGPT_DATABASE_URL to that, or if it is lost, ./igpt rebuild --yes takes them into %s"
                            .formatted(settings.runs(), where, settings));
        }
    }

    /** The one database that all the folders belong to. */
    private static String owner(Path runs, List<RunFolder> folders) throws IOException {
        var owners = new TreeMap<String, RunFolder>();
        for (var folder : folders) {
            folder.database().ifPresent(owner -> owners.putIfAbsent(owner, folder));
        }
        FolderId.read(runs).ifPresent(id -> owners.keySet().removeIf(owner -> !owner.equals(id.database())));
        if (owners.size() > 1) {
            throw new UserException("the folders in " + runs + " are of several databases (" + owners.values()
                    + "): move those of one to another folder, and rebuild each");
        }
        if (owners.isEmpty()) {
            throw new UserException("the folders of runs in " + runs
                    + " were made by a version of the program that left no history in them: nothing can be rebuilt");
        }
        return owners.firstKey();
    }

    /** An embedded file that cannot be read is kept under another name: not {@code igpt.…}, which H2 would take for a part. */
    private static Database openOrReplace(DatabaseSettings settings, Consumer<String> say) throws IOException {
        try {
            return Database.open(settings);
        } catch (UserException refused) {
            if (settings.url() != null || !(refused.getCause() instanceof SQLException sql) || !H2.damaged(sql)) {
                throw refused;
            }
            var aside = settings.runs().resolve("damaged.mv.db");
            for (int next = 2; Files.exists(aside); next++) {
                aside = settings.runs().resolve("damaged-%d.mv.db".formatted(next));
            }
            Files.move(H2.file(settings.runs()), aside);
            say.accept("the damaged database is now " + aside);
            return Database.open(settings);
        }
    }

    private void rebuild(String id, List<RunFolder> folders) throws IOException {
        var ours = RunsFolder.databaseId(jdbc);
        boolean empty = count("batch_job_instance") == 0;
        if (ours.isPresent() ? !ours.get().equals(id) && !empty : !empty) {
            throw new UserException("the database " + settings + " has runs of its own: rebuild into an empty one");
        }
        if (count("live_run") > 0) {
            throw new UserException("a run is in progress: wait for it, or end it with `igpt stop`");
        }
        for (var folder : folders) {
            highest.merge(RUN, folder.run(), Math::max);
            if (folder.database().filter(id::equals).isEmpty()) {
                say.accept(folder + " is left out: "
                        + (folder.database().isEmpty()
                                ? "an older version of the program left no history in it"
                                : "it belongs to another database"));
                continue;
            }
            find(folder);
        }
        // First, and not taken back with the rest: a number passed over does no harm.
        continueAfterHighest();
        var transactions = new JdbcTransactionManager(database.dataSource());
        var added = new ArrayList<String>();
        new TransactionTemplate(transactions).executeWithoutResult(all -> {
            jdbc.sql("delete from database_identity").update();
            RunsFolder.identify(jdbc, id);
            var part = new TransactionTemplate(transactions);
            part.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            added.addAll(add(part));
        });
        var there = FolderId.read(settings.runs());
        if (there.isPresent()) {
            FolderId.move(settings.runs(), there.get(), settings.where());
        } else {
            FolderId.claim(settings.runs(), FolderId.create(id, settings.where()));
        }
        added.forEach(one -> say.accept("taken in: " + one));
        if (added.isEmpty()) {
            say.accept("the database knew all runs already");
        }
    }

    /** Files that are whole; they are read again when they are needed, since of many runs they are too much at once. */
    private void find(RunFolder folder) throws IOException {
        try (var files = Files.list(folder.history())) {
            for (var file : (Iterable<Path>) files.sorted()::iterator) {
                var name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    HistoryFiles.read(file)
                            .ifPresentOrElse(
                                    rows -> know(folder, file, rows),
                                    () -> say.accept(
                                            file + " is damaged, or of a newer version of the program: left out"));
                }
            }
        }
    }

    private void know(RunFolder folder, Path file, JsonNode rows) {
        if (file.endsWith(HistoryFiles.RUN)) {
            runs.put(folder.run(), file);
        }
        rows.path(HistoryTables.ARTIFACT)
                .forEach(row -> artifacts.put(row.path(ARTIFACT).asLong(), file));
        for (var table : rows) {
            for (var row : table) {
                for (var number : List.of(ATTEMPT, STEP)) {
                    highest.merge(number, row.path(number).asLong(), Math::max);
                }
            }
        }
        kept.all().forEach(table -> table.identity().forEach(number -> rows.path(table.name())
                .forEach(row -> highest.merge(number, row.path(number).asLong(), Math::max))));
    }

    private static JsonNode rows(Path file) {
        try {
            return HistoryFiles.read(file).orElseThrow(() -> new UserException(file + " was changed meanwhile"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The numbers of runs, attempts and steps to come, and of what else the database numbers, artifacts for one. */
    private void continueAfterHighest() {
        restart("sequence batch_job_instance_seq", "batch_job_instance", RUN);
        restart("sequence batch_job_execution_seq", "batch_job_execution", ATTEMPT);
        restart("sequence batch_step_execution_seq", "batch_step_execution", STEP);
        kept.all().forEach(table -> table.identity()
                .forEach(number -> restart("table " + table.name() + " alter column " + number, table.name(), number)));
    }

    private void restart(String what, String table, String column) {
        long there = jdbc.sql("select coalesce(max(" + column + "), 0) from " + table)
                .query(Long.class)
                .single();
        long last = Math.max(there, highest.getOrDefault(column, 0L));
        jdbc.sql("alter " + what + " restart with " + (last + 1)).update();
    }

    private List<String> add(TransactionTemplate part) {
        var added = new ArrayList<String>();
        var taken = new ArrayList<JsonNode>();
        runs.forEach((run, file) -> {
            var rows = rows(file);
            if (isNewer(run, rows) && inPart(part, () -> addRun(rows))) {
                taken.add(rows);
                added.add("run " + run);
            }
        });
        for (var table : kept.ofRun()) {
            if (!table.links().isEmpty()) { // now that all are there
                taken.forEach(rows ->
                        rows.path(table.name()).forEach(row -> inPart(part, () -> tables.put(table, arrayOf(row)))));
            }
        }
        var left = new TreeMap<>(artifacts);
        left.keySet().removeIf(this::isComplete);
        boolean progress = true;
        while (progress) { // a sweep names what its trials made later
            progress = left.entrySet().removeIf(artifact -> {
                boolean fits = inPart(part, () -> addArtifact(artifact.getKey(), rows(artifact.getValue())));
                if (fits) {
                    added.add(words(artifact.getValue()));
                }
                return fits;
            });
        }
        left.values()
                .forEach(file -> say.accept(words(file)
                        + " is left out: the run that made it, or what it was made from, is not in the folder"));
        return added;
    }

    private static String words(Path file) {
        var artifact = rows(file).path("artifact").path(0);
        return new Kind(artifact.path("kind").asText()).word() + " "
                + artifact.path("name").asText() + " (" + artifact.path("path").asText() + ")";
    }

    private static JsonNode arrayOf(JsonNode row) {
        return JsonNodeFactory.instance.arrayNode().add(row);
    }

    /** False if its rows refer to others that are not there; then none of it is. */
    private static boolean inPart(TransactionTemplate part, Runnable work) {
        try {
            part.executeWithoutResult(status -> work.run());
            return true;
        } catch (DataIntegrityViolationException refersToNothing) {
            return false;
        }
    }

    /** Whether the folder knows of an attempt, or a state of it, that the database does not: it counts its updates. */
    private boolean isNewer(long run, JsonNode rows) {
        var there = new TreeMap<Long, Long>();
        jdbc.sql("select job_execution_id, version from batch_job_execution where job_instance_id = ?")
                .params(run)
                .query(row -> {
                    there.put(row.getLong(1), row.getLong(2));
                });
        if (there.isEmpty()) {
            return true;
        }
        for (var attempt : rows.path("batch_job_execution")) {
            var version = there.get(attempt.path("job_execution_id").asLong());
            if (version == null || version < attempt.path("version").asLong()) {
                return true;
            }
        }
        return false;
    }

    private boolean isComplete(long artifact) {
        return !jdbc.sql("select artifact_id from artifact where artifact_id = ? and completed_at is not null")
                .params(artifact)
                .query(Long.class)
                .list()
                .isEmpty();
    }

    /** Without what links it to other runs, which may not be there yet. */
    private void addRun(JsonNode rows) {
        long run = rows.path(HistoryTables.RUN).path(0).path(RUN).asLong();
        add(kept.ofRun().stream().filter(table -> table.links().isEmpty()).toList(), run, rows);
    }

    private void addArtifact(long artifact, JsonNode rows) {
        add(kept.ofArtifact(), artifact, rows);
    }

    /** Rows that others refer to stay where they are, and are brought up to date. */
    private void add(List<OwnedTable> all, long owner, JsonNode rows) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!all.get(i).referred()) {
                jdbc.sql("delete from " + all.get(i).name() + " where "
                                + all.get(i).ofOne())
                        .params(owner)
                        .update();
            }
        }
        for (var table : all) {
            if (table.referred()) {
                tables.put(table, rows.path(table.name()));
            } else {
                tables.insert(table.name(), rows.path(table.name()));
            }
        }
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
