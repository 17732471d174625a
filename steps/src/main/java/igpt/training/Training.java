package igpt.training;

import igpt.graph.Network;
import igpt.recipe.DivergedException;
import igpt.recipe.ProgressReporter;
import igpt.schema.artifact.Artifact;
import igpt.train.Batch;
import igpt.train.Trainer;

/** A training under way: its network, and how far it is. Open until the step ends. */
public final class Training implements AutoCloseable {
    private final Artifact artifact;
    private final TrainingSetup setup;
    private final Network network;
    private final Trainer trainer;
    private final Batch batch;
    private final ProgressReporter.Meter meter;
    private long iteration;

    /** The caller sets the network's weights before {@link #startAt}. */
    Training(Artifact artifact, TrainingSetup setup, Network network, ProgressReporter.Meter meter) {
        this.artifact = artifact;
        this.setup = setup;
        this.network = network;
        this.meter = meter;
        var settings = setup.iteration();
        trainer = new Trainer(network, settings.batch(), setup.objective().losses(), settings.recompute());
        batch = Batch.of(network.config(), settings.batch());
    }

    /** @param iteration 0, or that of the checkpoint whose weights the network has */
    void startAt(long iteration) {
        this.iteration = iteration;
    }

    Artifact artifact() {
        return artifact;
    }

    TrainingSetup setup() {
        return setup;
    }

    Network network() {
        return network;
    }

    long iteration() {
        return iteration;
    }

    boolean atLast() {
        return iteration >= setup.commits().last();
    }

    /** The loss before an iteration's update, and the learning rate of the update. */
    record Step(Trainer.Loss loss, double rate) {}

    /** One update. */
    Step iterate() {
        double rate = setup.schedule().at(iteration);
        setup.batches().fill(iteration, batch);
        var loss = trainer.iterate(iteration, rate, batch);
        if (!loss.isFinite()) {
            throw new DivergedException(iteration, setup.schedule().peak());
        }
        iteration++;
        meter.set(iteration);
        meter.detail(setup.objective().progress(loss, rate));
        meter.loss(loss.nats());
        return new Step(loss, rate);
    }

    /** A checkpoint was, in so many seconds. */
    void saved(double seconds) {
        meter.saved(seconds);
    }

    @Override
    public void close() {
        meter.close();
        network.close();
    }
}
