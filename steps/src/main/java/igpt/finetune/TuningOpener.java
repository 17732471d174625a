package igpt.finetune;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.config.FinetuneParameters;
import igpt.device.MemoryNeeds;
import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.ModelConfig;
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
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens a fine-tuning: at its last checkpoint, at the pre-trained model, or at random. */
@Component
record TuningOpener(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        Metrics metrics,
        CheckpointFiles files,
        Networks networks,
        ProgressReporter progress,
        TransactionOperations atOnce) {

    /**
     * @param last iteration, at the latest
     * @throws UserException if there are no labels, or too few images, or too little memory
     */
    Tuning open(Artifact classifier, Plan plan, long last) throws IOException {
        FinetuneParameters parameters = run.parameters(FinetuneParameters.class);
        Artifact dataset = artifacts.get(DATASET);
        DatasetRows.Rows train = rows.toTrainOn(dataset, parameters.batch(), plan.splits());
        datasets.validated(dataset, "stop by");
        DatasetRows.Rows validation = rows.of(dataset, "validation");
        int microBatch = microBatch(classifier);
        MemoryNeeds.check(config(), microBatch, parameters.recompute(), parameters.precision(), run.device());
        Network network = networks.openToTrain(config(), microBatch, head(), parameters.precision());
        Optional<Checkpoint> newest = files.newestWhole(classifier, progress::say);
        long iteration = newest.map(Checkpoint::iteration).orElse(0L);
        ProgressReporter.Meter meter = progress.begin(
                plan.folded() ? "refit" : "tune", iteration, last, "iterations", "images", parameters.batch());
        Tuning tuning = new Tuning(parameters, classifier, network, train, validation, last, meter);
        if (newest.isPresent()) {
            network.restore(files.prefix(newest.get()));
        } else {
            start(network, parameters);
        }
        atOnce.executeWithoutResult(now -> metrics.deleteAfter(classifier.id(), iteration));
        tuning.begin(iteration);
        return tuning;
    }

    /** A checkpoint of the classifier, to be run. */
    Network open(Artifact classifier, Checkpoint checkpoint) throws IOException {
        return networks.open(config(), microBatch(classifier), head(), checkpoint);
    }

    /** How many images go through the network at a time. */
    private int microBatch(Artifact classifier) throws IOException {
        FinetuneParameters parameters = run.parameters(FinetuneParameters.class);
        ModelConfig config = config();
        return files.microBatch(
                classifier,
                parameters.microBatch(),
                () -> MemoryNeeds.microBatch(
                        config, parameters.batch(), parameters.recompute(), parameters.precision(), run.device()));
    }

    private ModelConfig config() throws IOException {
        return files.config(artifacts.get(MODEL));
    }

    /** @throws UserException if the layer is not there, or the images have no labels */
    Head head() throws IOException {
        int layers = config().layers();
        int layer = run.parameters(FinetuneParameters.class).head();
        if (layer > layers) {
            throw new UserException("head cannot be %d: the model's layers are 0 to %d".formatted(layer, layers));
        }
        return new Head(
                layer < 0 ? layers : layer,
                datasets.labelled(artifacts.get(DATASET)).classes().size());
    }

    private void start(Network network, FinetuneParameters parameters) throws IOException {
        network.initialize(parameters.seed());
        if (parameters.start() == FinetuneParameters.Start.PRETRAINED) {
            files.restoreModel(
                    network,
                    artifacts.get(MODEL),
                    run.inputs().get(Input.Checkpoint.class).iteration());
        }
    }
}
