package igpt.schema.folder;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.db.HistoryTables;
import igpt.schema.db.OwnedTable;
import igpt.schema.db.RunFolder;
import igpt.schema.db.RunsFolder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the files of an artifact are there. Whether their bytes are right is asked by who reads them. */
public final class ArtifactFiles {
    /** Of all checkpoints one is needed; those that nothing needs may be gone. */
    private static final String CHECKPOINT = "checkpoint";

    /** A column of that name, or that ends like it, names a file. */
    private static final String PATH = "_path";

    /** What lies in an artifact's folder without a row of its own, by the table that tells what is in it. */
    private static final Map<String, String> ALONGSIDE =
            Map.of("dataset", "manifest.sha256", "model", "model.properties");

    private final JdbcClient jdbc;
    private final RunsFolder runs;
    private final HistoryTables tables;

    public ArtifactFiles(JdbcClient jdbc, RunsFolder runs) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.tables = runs.tables();
    }

    /** What is needed of a complete one is there. */
    public boolean there(Artifact artifact) {
        return needed(artifact).stream().allMatch(this::exists);
    }

    private List<String> needed(Artifact artifact) {
        var files = new ArrayList<String>();
        for (var table : tables.ofArtifact()) {
            if (table.name().equals(CHECKPOINT)) {
                files.addAll(neededCheckpoint(artifact));
            } else if (table.namesFiles()) {
                files.addAll(named("path", table, artifact));
            }
            table.columns().stream()
                    .filter(column -> column.endsWith(PATH))
                    .forEach(column -> files.addAll(named(column, table, artifact)));
            var alongside = ALONGSIDE.get(table.name());
            if (alongside != null
                    && !named(table.owner().column(), table, artifact).isEmpty()) {
                files.add(artifact.path() + "/" + alongside);
            }
        }
        return files;
    }

    private List<String> named(String column, OwnedTable table, Artifact artifact) {
        return jdbc.sql("select " + column + " from " + table.name() + " where " + table.ofOne())
                .params(artifact.id())
                .query(String.class)
                .list();
    }

    /** The newest of a model; of a classifier the best. */
    private List<String> neededCheckpoint(Artifact artifact) {
        var checkpoints = new Checkpoints(jdbc);
        return new Classifiers(jdbc)
                .find(artifact.id())
                .flatMap(row -> checkpoints.at(artifact.id(), row.iteration()))
                .or(() -> checkpoints.newest(artifact.id()))
                .map(needed -> List.of(needed.path()))
                .orElse(List.of());
    }

    private boolean exists(String path) {
        return Files.exists(runs.path().resolve(path));
    }

    /**
     * For who needs it.
     *
     * @throws UserException if files of it are not there: where they are, or how they are made again
     */
    public void check(Artifact artifact) {
        if (!there(artifact)) {
            var what = words(artifact);
            throw elsewhere(artifact)
                    .map(where -> new UserException(
                            "%s is not here: %s; share that folder, or do this there".formatted(what, where)))
                    .orElseGet(() -> new UserException("%s has lost files in %s: ./igpt resume %d makes them again"
                            .formatted(what, runs.path().resolve(artifact.path()), artifact.run())));
        }
    }

    /** Where it was made, if that is another runs folder: its files are not gone. */
    public Optional<String> elsewhere(Artifact artifact) {
        return RunFolder.ofArtifact(runs.path(), artifact.path()).flatMap(folder -> runs.elsewhere(folder.run()));
    }

    private static String words(Artifact artifact) {
        return "%s %s of run %d".formatted(artifact.kind().word(), artifact.name(), artifact.run());
    }

    /** Makes it incomplete, and forgets what files there were that are gone; joins the caller's transaction. */
    public void reopen(Artifact artifact) {
        jdbc.sql("update artifact set completed_at = null where artifact_id = ?")
                .params(artifact.id())
                .update();
        tables.ofArtifact().stream()
                .filter(OwnedTable::namesFiles)
                .forEach(table -> named("path", table, artifact).stream()
                        .filter(path -> !exists(path))
                        .forEach(path -> jdbc.sql(
                                        "delete from " + table.name() + " where " + table.ofOne() + " and path = ?")
                                .params(artifact.id(), path)
                                .update()));
    }
}
