package igpt.exchange;

import static igpt.exchange.ImportedClassifierRecipe.IMPORTED_CLASSIFIER;
import static igpt.exchange.ImportedModelRecipe.IMPORTED_MODEL;

import igpt.model.ModelConfig;
import igpt.model.Weights;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.Tokenizers;
import igpt.schema.InputException;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.ImportedClassifiers;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.artifact.model.ImportedModel;
import igpt.schema.artifact.model.ImportedModels;
import igpt.schema.artifact.model.Model;
import igpt.schema.artifact.model.Models;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.weights.ModelWeights;
import igpt.weights.OurWeights;
import igpt.weights.PublishedModel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Published weights become a checkpoint of ours, one weight at a time: a large model is never in memory as a whole. */
@Component
public record ConvertStep(
        RunContext run,
        RunArtifacts artifacts,
        Models models,
        Checkpoints checkpoints,
        ImportedModels imported,
        ImportedClassifiers classifiers,
        CheckpointFiles files,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription CONVERT = new StepDescription(
            ConvertStep.class, "convert", "published weights become a checkpoint, with the palette of their tokens");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        ImportParameters parameters = run.parameters(ImportParameters.class);
        Artifact model = artifacts.begin(IMPORTED_MODEL, parameters.modelName());
        if (artifacts.isDone(model)) {
            return RepeatStatus.FINISHED;
        }
        String source = run.inputs().get(Input.Published.class).published();
        PublishedModel published = ImportSource.open(parameters);
        if (!published.fingerprint().equals(source)) {
            throw new InputException("the weights of %s have changed since this run began; start a new run"
                    .formatted(parameters.from()));
        }
        var classifier = published.classifier();
        Artifact tuned = classifier == null ? null : artifacts.begin(IMPORTED_CLASSIFIER, parameters.modelName());
        ModelConfig config = published.weights().config();
        files.writeConfig(model, config);
        Path palette = artifacts.folder(model).resolve(Tokenizers.PALETTE);
        AtomicFiles.write(palette, published.palette()::writeNpy);
        CheckpointFiles.Saved saved = convert(model, published);
        models.add(new Model(
                model.id(),
                config.objective().name().toLowerCase(Locale.ROOT),
                config.layers(),
                config.width(),
                config.heads(),
                config.positions(),
                config.colours(),
                Weights.count(config)));
        imported.put(new ImportedModel(
                model.id(),
                parameters.from(),
                published.layout().name().toLowerCase(Locale.ROOT),
                source,
                published.resolution(),
                artifacts.relative(palette),
                Checksums.sha256(palette)));
        checkpoints.add(new Checkpoint(model.id(), published.iteration(), saved.path(), saved.sha256(), null, null));
        artifacts.complete(model);
        if (classifier != null && tuned != null) {
            classifiers.put(
                    new ImportedClassifiers.ImportedClassifier(
                            tuned.id(),
                            model.id(),
                            published.iteration(),
                            classifier.layer(),
                            classifier.masks(),
                            classifier.seed()),
                    classifier.classes());
            artifacts.complete(tuned);
        }
        progress.say(
                "model %s: %,d parameters of %s".formatted(model.name(), Weights.count(config), parameters.from()));
        return RepeatStatus.FINISHED;
    }

    private CheckpointFiles.Saved convert(Artifact model, PublishedModel published) throws Exception {
        long weights = Weights.of(published.weights().config()).size();
        try (ProgressReporter.Meter meter = progress.begin(CONVERT.name(), 0, weights, "weights")) {
            var watched = new Watched(published.weights(), run, meter);
            return files.save(model, published.iteration(), prefix -> OurWeights.write(prefix, watched));
        } catch (InterruptedIOException e) {
            run.checkStop();
            throw e;
        }
    }

    /** Weights on their way: counted, looked at, and given up where the user stops. */
    private record Watched(ModelWeights weights, RunContext run, ProgressReporter.Meter meter) implements ModelWeights {
        @Override
        public ModelConfig config() {
            return weights.config();
        }

        @Override
        public int classes() {
            return weights.classes();
        }

        @Override
        public float[] read(String weight) throws IOException {
            if (run.stopRequested()) {
                throw new InterruptedIOException();
            }
            float[] values = weights.read(weight);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw new UserException("the weights %s hold a number that is %s".formatted(weight, value));
                }
            }
            meter.add(1);
            return values;
        }
    }
}
