package igpt.api;

import igpt.export.ExportFolder;
import igpt.export.ExportFolder.Exported;
import igpt.export.ExportOrigin;
import igpt.predict.ClassifyResolver;
import igpt.predict.ModelFinder;
import igpt.predict.ModelParts;
import igpt.recipe.Input;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The model of a run, whose parts lie in the folders of several: the runs' embedded database tells which. */
final class RunModel {
    private final RunFolder folder;
    private final JdbcClient jdbc;
    private final Artifacts artifacts;
    private final ModelFinder finder;

    private RunModel(RunFolder folder, Path runs, JdbcClient jdbc) {
        this.folder = folder;

        this.jdbc = jdbc;
        artifacts = new Artifacts(jdbc);
        finder = new ModelFinder(jdbc, runs);
    }

    /** @throws UserException if it is no run's, or what is known of it is not in the folder that it lies in */
    static Exported read(Path path) throws IOException {
        var whole = path.toAbsolutePath().normalize();
        var runs = Objects.requireNonNull(whole.getParent(), "a folder");
        var folder = RunFolder.named(runs, String.valueOf(whole.getFileName()))
                .filter(named -> Files.isDirectory(named.history()))
                .orElseThrow(() -> new UserException(
                        path + " is neither an export nor a run's folder: ./igpt run export checkpoint=RUN to=FOLDER"));
        if (!Files.exists(runs.resolve("igpt.mv.db"))) {
            throw new UserException(
                    "%s: the database that knows what belongs to it is not in %s: ./igpt run export checkpoint=%d to=FOLDER"
                            .formatted(path, runs, folder.run()));
        }
        try (var database = Database.forReading(DatabaseSettings.embedded(runs))) {
            return new RunModel(folder, runs, database.jdbc()).find();
        }
    }

    private Exported find() throws IOException {
        long run = folder.run();
        var classifier = made(Input.Classifier.KIND).or(() -> made(Input.Probe.KIND));
        var model = made(Input.Checkpoint.KIND);
        if (classifier.isEmpty() && model.isEmpty()) {
            throw new UserException(
                    "run %d (%s) made no model that is complete: give another folder".formatted(run, folder.job()));
        }
        return classifier.isPresent() ? ofClassifier(classifier.get()) : ofModel(model.get());
    }

    private Optional<Artifact> made(Artifact.Kind kind) {
        return artifacts.ofRun(kind, folder.run()).filter(Artifact::complete);
    }

    private Exported ofModel(Artifact model) throws IOException {
        long iteration = new Checkpoints(jdbc)
                .newest(model.id())
                .orElseThrow(() -> new UserException("run %d has no checkpoint".formatted(model.run())))
                .iteration();
        var probe = new Probes(jdbc).newest(model.id(), iteration, "norm").map(artifacts::get);
        return probe.isPresent()
                ? ofClassifier(probe.get())
                : exported(finder.ofModel(model, iteration, 0), model, iteration, Optional.empty());
    }

    private Exported ofClassifier(Artifact classifier) throws IOException {
        var parts = ClassifyResolver.parts(classifier, -1, finder);
        if (classifier.kind().equals(Input.Probe.KIND)) {
            var probed = finder.probed(classifier);
            var model = artifacts.get(probed.modelId());
            return exported(parts, model, probed.iteration(), Optional.of(classifier));
        }
        var row = finder.tuned(classifier);
        return exported(parts, artifacts.get(row.modelId()), row.iteration(), Optional.of(classifier));
    }

    private Exported exported(ModelParts parts, Artifact model, long iteration, Optional<Artifact> classifier)
            throws IOException {
        finder.checkIntact(parts);
        return new ExportFolder.Exported(parts, ExportOrigin.of(model, iteration, classifier, jdbc));
    }
}
