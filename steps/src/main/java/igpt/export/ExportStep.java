package igpt.export;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.palette.Palette;
import igpt.predict.ClassifyResolver;
import igpt.predict.ModelFinder;
import igpt.predict.ModelParts;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.file.Checksums;
import igpt.schema.prediction.Export;
import igpt.schema.prediction.Exports;
import igpt.weights.HuggingFace;
import igpt.weights.OpenAi;
import igpt.weights.OurWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes the folder in one call: whole, or not at all. */
@Component
public record ExportStep(
        RunContext run, RunArtifacts artifacts, Exports exports, JdbcClient jdbc, ProgressReporter progress)
        implements RunStep {
    public static final StepDescription EXPORT = new StepDescription(
            ExportStep.class, "export", "weights, palette, classes and classifier in a folder, with their checksums");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var model = artifacts.get(MODEL);
        var artifact = artifacts.begin(ExportRecipe.EXPORT, model.name());
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
        var origin = ExportOrigin.of(model, iteration, classifier, jdbc);
        new Destination(to).write(run.number(), folder -> {
            write(
                    folder,
                    p,
                    parts,
                    origin,
                    classifier
                            .filter(one -> ExportOrigin.isTrainedHere(one, jdbc))
                            .isPresent());
            Manifest.write(folder);
        });
        var manifest = to.resolve(Manifest.NAME);
        return new Export(
                artifact.id(),
                model.id(),
                iteration,
                classifier.map(Artifact::id).orElse(null),
                p.format().name().toLowerCase(Locale.ROOT),
                to.toString(),
                1 + Manifest.names(to).size(),
                bytes(to),
                manifest.toString(),
                Checksums.sha256(manifest));
    }

    /** The weights alone, one at a time: a checkpoint also holds what only training needs. */
    private static void write(Path folder, ExportParameters p, ModelParts parts, ExportOrigin origin, boolean tunedHere)
            throws IOException {
        var weights = OurWeights.open(parts.weights(), parts.config(), parts.head());
        var palette = Palette.readNpy(parts.palette());
        switch (p.format()) {
            case IGPT -> {
                OurWeights.write(folder.resolve(ExportFolder.WEIGHTS), weights);
                ExportFolder.write(folder, parts, origin);
            }
            case HUGGINGFACE -> {
                HuggingFace.write(
                        folder,
                        weights,
                        palette,
                        parts.preparation().resolution(),
                        parts.head() == null ? List.of() : parts.classes());
                Files.writeString(folder.resolve("README.md"), ModelCard.of(parts, origin, tunedHere));
            }
            case ONNX -> OnnxFolder.write(folder, weights, parts, origin, p.layer(), tunedHere);
            case OPENAI -> OpenAi.write(folder, weights, palette, origin.iteration());
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = Files.size(folder.resolve(Manifest.NAME));
        for (var name : Manifest.names(folder)) {
            bytes += Files.size(folder.resolve(name));
        }
        return bytes;
    }
}
