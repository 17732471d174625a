package igpt.finetune;

import igpt.config.FinetuneParameters;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.recipe.DatasetRows;
import igpt.recipe.DivergedException;
import igpt.recipe.ProgressReporter;
import igpt.schema.artifact.Artifact;
import igpt.train.Batch;
import igpt.train.Batches;
import igpt.train.Classification;
import igpt.train.Masks;
import igpt.train.Trainer;

/** A fine-tuning under way, from its opening to the end of the step. */
final class Tuning implements AutoCloseable {
    private final FinetuneParameters parameters;
    private final Artifact classifier;
    private final Network network;
    private final Trainer trainer;
    private final DatasetRows.Rows validation;
    private final ProgressReporter.Meter meter;
    private final long last;
    private final Masks masks;
    private final Batches batches;
    private final Batch batch;
    private long iteration;

    /**
     * The network's weights are undefined until {@link #begin}.
     *
     * @param last iteration, at the latest
     */
    Tuning(
            FinetuneParameters parameters,
            Artifact classifier,
            Network network,
            DatasetRows.Rows train,
            DatasetRows.Rows validation,
            long last,
            ProgressReporter.Meter meter) {
        this.parameters = parameters;
        this.classifier = classifier;
        this.network = network;
        this.validation = validation;
        this.last = last;
        this.meter = meter;
        Losses losses = parameters.loss() == FinetuneParameters.Loss.JOINT ? Losses.JOINT : Losses.CLASSIFICATION;
        trainer = new Trainer(network, parameters.batch(), losses, parameters.recompute());
        masks = new Masks(parameters.maskRate(), parameters.seed());
        batches = new Batches(
                train.tokens(),
                train.labels(),
                parameters.batch(),
                parameters.seed(),
                masks,
                parameters.augmentation());
        batch = Batch.of(network.config(), parameters.batch());
    }

    void begin(long iteration) {
        this.iteration = iteration;
    }

    Artifact classifier() {
        return classifier;
    }

    Network network() {
        return network;
    }

    long iteration() {
        return iteration;
    }

    boolean atEnd() {
        return iteration >= last;
    }

    long nextCommit() {
        return Math.min(last, (iteration / parameters.saveEvery() + 1) * parameters.saveEvery());
    }

    /** One update; the losses before it. */
    Trainer.Loss iterate() {
        batches.fill(iteration, batch);
        Trainer.Loss loss = trainer.iterate(iteration, parameters.learningRate(), batch);
        if (!loss.isFinite()) {
            throw new DivergedException(iteration, parameters.learningRate());
        }
        iteration++;
        meter.set(iteration);
        meter.detail("loss %.4f class %.4f".formatted(loss.nats(), loss.classification()));
        return loss;
    }

    /** The share of validation images whose class is right, 0 to 1. */
    double validate() {
        int images = validation.count(parameters.validationImages());
        int[] predicted = Classification.predict(network, validation.tokens(), masks, 0, 0, images);
        return (double) Classification.right(predicted, validation.labels(), 0) / images;
    }

    @Override
    public void close() {
        meter.close();
        network.close();
    }
}
