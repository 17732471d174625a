package igpt.pretrain;

import igpt.config.Milestones;
import igpt.config.PretrainParameters;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.recipe.DatasetRows;
import igpt.recipe.DivergedException;
import igpt.recipe.ProgressReporter;
import igpt.schema.artifact.Artifact;
import igpt.train.Augmentation;
import igpt.train.Batch;
import igpt.train.Batches;
import igpt.train.Evaluation;
import igpt.train.Masks;
import igpt.train.Trainer;
import igpt.train.WarmupCosine;
import org.jspecify.annotations.Nullable;

/** A training under way, from its opening to the end of the step. */
final class Training implements AutoCloseable {
    private final PretrainParameters parameters;
    private final Artifact model;
    private final Network network;
    private final Trainer trainer;
    private final DatasetRows.Rows validation;
    private final ProgressReporter.Meter meter;
    private final Masks masks;
    private final Batches batches;
    private final Batch batch;
    private final WarmupCosine schedule;
    private final Milestones milestones;
    private long iteration;

    /** The network's weights are undefined until {@link #begin}. */
    Training(
            PretrainParameters parameters,
            Artifact model,
            Network network,
            DatasetRows.Rows train,
            DatasetRows.Rows validation,
            ProgressReporter.Meter meter) {
        this.parameters = parameters;
        this.model = model;
        this.network = network;
        this.validation = validation;
        this.meter = meter;
        trainer = new Trainer(network, parameters.batch(), Losses.GENERATIVE, parameters.recompute());
        masks = new Masks(parameters.maskRate(), parameters.seed());
        batches = new Batches(
                train.tokens(), new int[0], parameters.batch(), parameters.seed(), masks, Augmentation.NONE);
        batch = Batch.of(network.config(), parameters.batch());
        schedule =
                new WarmupCosine(parameters.learningRate(), warmup(parameters, train.count()), parameters.iterations());
        milestones = parameters.milestoneIterations();
    }

    /** The paper warms up over one epoch; a short training over a tenth of it. */
    private static long warmup(PretrainParameters parameters, long images) {
        long epoch = Math.max(1, images / parameters.batch());
        return parameters.warmup() >= 0 ? parameters.warmup() : Math.min(epoch, parameters.iterations() / 10);
    }

    void begin(long iteration) {
        this.iteration = iteration;
    }

    Artifact model() {
        return model;
    }

    Network network() {
        return network;
    }

    long iteration() {
        return iteration;
    }

    boolean done() {
        return iteration == parameters.iterations();
    }

    /** Where the next checkpoint is due. */
    long nextCommit() {
        int every = parameters.saveEvery();
        long regular = Math.min(parameters.iterations(), (iteration / every + 1) * every);
        return milestones.next(iteration, regular);
    }

    /** Whether a checkpoint of that iteration is none that a stop left between commit points. */
    boolean isRegular(long iteration) {
        return iteration % parameters.saveEvery() == 0
                || iteration == parameters.iterations()
                || isMilestone(iteration);
    }

    boolean isMilestone(long iteration) {
        return milestones.contains(iteration);
    }

    /** An iteration's loss before its update, in nats a pixel, and its learning rate. */
    record Step(double loss, double rate) {}

    /** One update. */
    Step iterate() {
        double rate = schedule.at(iteration);
        batches.fill(iteration, batch);
        double loss = trainer.iterate(iteration, rate, batch).nats();
        if (!Double.isFinite(loss)) {
            throw new DivergedException(iteration, parameters.learningRate());
        }
        iteration++;
        meter.set(iteration);
        meter.detail("loss %.4f lr %.2g".formatted(loss, rate));
        return new Step(loss, rate);
    }

    /** Nats a pixel on the first validation images; null if there are none that were not learnt from. */
    @Nullable
    Double validate() {
        boolean learnt = !parameters.trainOn().leavesOut("validation");
        int images = learnt ? 0 : validation.count(parameters.validationImages());
        return images == 0 ? null : Evaluation.sum(network, validation.tokens(), masks, 0, images) / images;
    }

    @Override
    public void close() {
        meter.close();
        network.close();
    }
}
