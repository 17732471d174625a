package igpt.export;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.predict.ClassifyResolver;
import igpt.predict.ModelFinder;
import igpt.predict.ModelParts;
import igpt.recipe.Input;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.file.Checksums;
import igpt.schema.prediction.Export;
import igpt.schema.prediction.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the folder in one call: whole, or not at all. */
@Component
public record ExportStep(
        RunContext run,
        RunArtifacts artifacts,
        Exports exports,
        Networks networks,
        JdbcClient jdbc,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription EXPORT = new StepDescription(
            ExportStep.class, "export", "weights, palette, classes and classifier in a folder, with their checksums");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var model = artifacts.get(MODEL);
        Artifact artifact = artifacts.begin(ExportRecipe.EXPORT, model.name());
        if (!artifact.complete()) {
            exports.put(write(artifact, model));
            artifacts.complete(artifact);
        }
        var row = exports.find(artifact.id()).orElseThrow();
        progress.say("exported %s, iteration %d: %d files, %,d bytes: %s"
                .formatted(model.name(), row.iteration(), row.files(), row.bytes(), row.folder()));
        return RepeatStatus.FINISHED;
    }

    private Export write(Artifact artifact, Artifact model) throws IOException {
        var p = run.parameters(ExportParameters.class);
        var finder = new ModelFinder(jdbc, run.runs());
        var classifier = ExportRecipe.classifier(run).map(artifacts::get);
        long iteration = run.inputs().get(Input.Checkpoint.class).iteration();
        var parts = classifier
                .map(one -> ClassifyResolver.parts(one, -1, finder))
                .orElseGet(() -> finder.ofModel(model, iteration, 0));
        finder.checkIntact(parts);
        var to = Path.of(p.to());
        new Destination(to).write(run.number(), folder -> {
            saveWeights(parts, folder);
            ExportFolder.write(folder, parts, ExportOrigin.of(model, iteration, classifier, jdbc));
        });
        var manifest = to.resolve(ExportFolder.MANIFEST);
        return new Export(
                artifact.id(),
                model.id(),
                iteration,
                classifier.map(Artifact::id).orElse(null),
                p.format().name().toLowerCase(Locale.ROOT),
                to.toString(),
                1 + ExportFolder.names(to).size(),
                bytes(to),
                manifest.toString(),
                Checksums.sha256(manifest));
    }

    /** The weights alone: a checkpoint also holds what only training needs. */
    private void saveWeights(ModelParts parts, Path folder) {
        try (var network = networks.open(parts.config(), 1, parts.head())) {
            network.restoreWeights(parts.weights());
            network.save(folder.resolve(ExportFolder.WEIGHTS));
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = Files.size(folder.resolve(ExportFolder.MANIFEST));
        for (var name : ExportFolder.names(folder)) {
            bytes += Files.size(folder.resolve(name));
        }
        return bytes;
    }
}
