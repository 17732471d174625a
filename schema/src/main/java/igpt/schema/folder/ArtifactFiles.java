package igpt.schema.folder;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifiers;
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
    /** The tables whose rows name a file, by the column of the artifact. */
    private static final Map<String, String> NAMING = Map.of(
            "dataset_part", "dataset_id",
            "checkpoint", "model_id",
            "feature_part", "features_id",
            "probe", "probe_id",
            "lowdata_result", "lowdata_id");

    private final JdbcClient jdbc;
    private final RunsFolder runs;

    public ArtifactFiles(JdbcClient jdbc, RunsFolder runs) {
        this.jdbc = jdbc;
        this.runs = runs;
    }

    /** What is needed of a complete one is there: of checkpoints, those that nothing needs may be gone. */
    public boolean there(Artifact artifact) {
        return needed(artifact).stream().allMatch(this::exists);
    }

    private List<String> needed(Artifact artifact) {
        return switch (artifact.kind().name()) {
            case "DATASET" -> {
                var files = named("dataset_part", artifact);
                files.add(artifact.path() + "/manifest.sha256");
                files.addAll(jdbc.sql("select palette_path from dataset where dataset_id = ?")
                        .params(artifact.id())
                        .query(String.class)
                        .list());
                yield files;
            }
            case "MODEL" -> {
                var files = newestCheckpoint(artifact);
                files.add(artifact.path() + "/model.properties");
                yield files;
            }
            case "CLASSIFIER" -> best(artifact);
            case "FEATURES" -> named("feature_part", artifact);
            case "PROBE" -> named("probe", artifact);
            case "LOWDATA" -> named("lowdata_result", artifact);
            default -> List.of();
        };
    }

    private List<String> named(String table, Artifact artifact) {
        return new ArrayList<>(jdbc.sql("select path from " + table + " where " + NAMING.get(table) + " = ?")
                .params(artifact.id())
                .query(String.class)
                .list());
    }

    private List<String> newestCheckpoint(Artifact artifact) {
        return new Checkpoints(jdbc)
                .newest(artifact.id())
                .map(newest -> new ArrayList<>(List.of(newest.path())))
                .orElseGet(ArrayList::new);
    }

    private List<String> best(Artifact artifact) {
        return new Classifiers(jdbc)
                .find(artifact.id())
                .flatMap(row -> new Checkpoints(jdbc).at(artifact.id(), row.iteration()))
                .map(best -> List.of(best.path()))
                .orElseGet(() -> newestCheckpoint(artifact));
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
        NAMING.forEach((table, column) -> named(table, artifact).stream()
                .filter(path -> !exists(path))
                .forEach(path -> jdbc.sql("delete from " + table + " where " + column + " = ? and path = ?")
                        .params(artifact.id(), path)
                        .update()));
    }
}
