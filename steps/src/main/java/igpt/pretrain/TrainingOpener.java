package igpt.pretrain;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.config.PretrainParameters;
import igpt.device.MemoryNeeds;
import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Weights;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Input;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Model;
import igpt.schema.artifact.Models;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens a training: checks what can be checked before the first iteration, and resumes from the last checkpoint. */
@Component
record TrainingOpener(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        Models models,
        Metrics metrics,
        CheckpointFiles files,
        Networks networks,
        ProgressReporter progress,
        TransactionOperations atOnce) {

    /** @throws UserException if the batch is larger than the data, or the model than the memory */
    Training open(Artifact model) throws IOException {
        PretrainParameters parameters = run.parameters(PretrainParameters.class);
        Artifact dataset = artifacts.get(DATASET);
        ModelConfig config = config(parameters, datasets.get(dataset.id()));
        DatasetRows.Rows train =
                rows.toTrainOn(dataset, parameters.batch(), parameters.trainOn().splits());
        int microBatch = files.microBatch(
                model,
                parameters.microBatch(),
                () -> MemoryNeeds.microBatch(
                        config, parameters.batch(), parameters.recompute(), parameters.precision(), run.device()));
        MemoryNeeds.check(config, microBatch, parameters.recompute(), parameters.precision(), run.device());
        describe(parameters, config, microBatch);
        files.writeConfig(model, config);
        Model row = new Model(
                model.id(),
                config.objective().name().toLowerCase(Locale.ROOT),
                config.layers(),
                config.width(),
                config.heads(),
                config.positions(),
                config.colours(),
                Weights.count(config));
        atOnce.executeWithoutResult(now -> models.add(row));
        Network network = networks.openToTrain(config, microBatch, null, parameters.precision());
        Optional<Checkpoint> last = files.newestWhole(model, progress::say);
        long iteration = last.map(Checkpoint::iteration).orElse(0L);
        ProgressReporter.Meter meter =
                progress.begin("train", iteration, parameters.iterations(), "iterations", "images", parameters.batch());
        Training training = new Training(parameters, model, network, train, rows.of(dataset, "validation"), meter);
        if (last.isPresent()) {
            network.restore(files.prefix(last.get()));
        } else {
            start(network, parameters);
        }
        atOnce.executeWithoutResult(now -> metrics.deleteAfter(model.id(), iteration));
        training.begin(iteration);
        return training;
    }

    private void start(Network network, PretrainParameters parameters) throws IOException {
        network.initialize(parameters.seed());
        Optional<Input.Start> start = run.inputs().find(Input.Start.class);
        if (start.isPresent()) {
            Artifact model = artifacts.get(start.get().artifact().orElseThrow());
            files.restoreModel(network, model, start.get().startIteration());
        }
    }

    private ModelConfig config(PretrainParameters parameters, Dataset dataset) {
        var size = ModelRecipe.size(run);
        return new ModelConfig(
                size.layers(),
                size.width(),
                size.heads(),
                dataset.resolution() * dataset.resolution(),
                dataset.colours(),
                parameters.objective());
    }

    private void describe(PretrainParameters parameters, ModelConfig config, int microBatch) {
        progress.say("model %s: %,d parameters, %d layers of width %d; %,d iterations of %d images%s"
                .formatted(
                        parameters.model(),
                        Weights.count(config),
                        config.layers(),
                        config.width(),
                        parameters.iterations(),
                        parameters.batch(),
                        microBatch < parameters.batch() ? ", %d at a time".formatted(microBatch) : ""));
    }
}
