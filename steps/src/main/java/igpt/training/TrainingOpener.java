package igpt.training;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoint;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens a training: checks what can be checked before the first iteration, and restores the last checkpoint. */
@Component
public record TrainingOpener(
        RunContext run,
        CheckpointFiles files,
        MicroBatches microBatches,
        Networks networks,
        Metrics metrics,
        ProgressReporter progress,
        TransactionOperations atOnce) {

    /** @throws igpt.schema.UserException if the batch is larger than the dataset, or the model does not fit in memory */
    Training open(TrainingTask task, Artifact artifact) throws IOException {
        TrainingSetup setup = task.setup(artifact);
        int microBatch = microBatch(artifact, setup);
        setup.iteration().check(setup.config(), microBatch, run.device());
        task.beforeOpening(artifact, setup, microBatch);
        Network network = networks.openToTrain(
                setup.config(), microBatch, setup.head(), setup.iteration().precision());
        Optional<Checkpoint> newest = files.newestIntact(artifact, progress::say);
        long iteration = newest.map(Checkpoint::iteration).orElse(0L);
        ProgressReporter.Meter meter = progress.begin(
                setup.step(),
                iteration,
                setup.commits().last(),
                "iterations",
                "images",
                setup.iteration().batch());
        Training training = new Training(artifact, setup, network, meter);
        if (newest.isPresent()) {
            network.restore(files.prefix(newest.get()));
        } else {
            task.initialize(network);
        }
        atOnce.executeWithoutResult(now -> metrics.deleteAfter(artifact.id(), iteration));
        training.startAt(iteration);
        return training;
    }

    private int microBatch(Artifact artifact, TrainingSetup setup) throws IOException {
        IterationSettings settings = setup.iteration();
        return microBatches.of(
                artifact, settings.microBatch(), () -> settings.largestMicroBatch(setup.config(), run.device()));
    }
}
