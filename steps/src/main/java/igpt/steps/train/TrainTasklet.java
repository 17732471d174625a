package igpt.steps.train;

import igpt.config.PretrainParameters;
import igpt.model.MemoryNeeds;
import igpt.model.ModelConfig;
import igpt.model.Network;
import igpt.model.Weights;
import igpt.schema.Artifact;
import igpt.schema.Artifacts;
import igpt.schema.Checkpoint;
import igpt.schema.Checkpoints;
import igpt.schema.Dataset;
import igpt.schema.Datasets;
import igpt.schema.Metric;
import igpt.schema.Metrics;
import igpt.schema.UserException;
import igpt.steps.run.CheckpointFiles;
import igpt.steps.run.DatasetRows;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import igpt.train.Batches;
import igpt.train.Evaluation;
import igpt.train.Trainer;
import igpt.train.WarmupCosine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Trains to the next commit point at each call. Spring Batch commits the checkpoint's row and the losses after it, so a
 * restart goes on from there; the rows are all the state there is.
 */
final class TrainTasklet implements Tasklet, StepExecutionListener {
    /** Losses stored of a training, at most: enough for a curve. */
    private static final int CURVE = 5000;

    private final RunContext run;
    private final Work work;
    private final DatasetRows rows;
    private final Artifacts artifacts;
    private final Datasets datasets;
    private final Checkpoints checkpoints;
    private final Metrics metrics;
    private final CheckpointFiles files;
    private final ProgressReporter progress;
    private @Nullable Training training;

    TrainTasklet(
            RunContext run,
            Work work,
            DatasetRows rows,
            Artifacts artifacts,
            Datasets datasets,
            Checkpoints checkpoints,
            Metrics metrics,
            CheckpointFiles files,
            ProgressReporter progress) {
        this.run = run;
        this.work = work;
        this.rows = rows;
        this.artifacts = artifacts;
        this.datasets = datasets;
        this.checkpoints = checkpoints;
        this.metrics = metrics;
        this.files = files;
        this.progress = progress;
    }

    /** What lives from the first call to the last. */
    private static final class Training {
        final PretrainParameters parameters;
        final Artifact model;
        final Network network;
        final Trainer trainer;
        final Batches batches;
        final WarmupCosine schedule;
        final DatasetRows.Rows validation;
        final ProgressReporter.Meter meter;
        final int[] tokens;
        long iteration;

        Training(
                PretrainParameters parameters,
                Artifact model,
                Network network,
                DatasetRows.Rows train,
                DatasetRows.Rows validation,
                long iteration,
                Trainer trainer,
                ProgressReporter.Meter meter) {
            this.parameters = parameters;
            this.model = model;
            this.network = network;
            this.trainer = trainer;
            this.validation = validation;
            this.iteration = iteration;
            this.meter = meter;
            batches = new Batches(train.tokens(), parameters.batch(), parameters.seed());
            schedule = new WarmupCosine(
                    parameters.learningRate(), warmup(parameters, train.count()), parameters.iterations());
            tokens = new int[parameters.batch() * network.config().positions()];
        }

        /** The paper warms up over one epoch; a short training over a tenth of it. */
        private static long warmup(PretrainParameters parameters, long images) {
            long epoch = Math.max(1, images / parameters.batch());
            return parameters.warmup() >= 0 ? parameters.warmup() : Math.min(epoch, parameters.iterations() / 10);
        }
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact model =
                work.beginModel(run.parameters(PretrainParameters.class).model());
        if (work.isDone(model)) {
            return RepeatStatus.FINISHED;
        }
        if (training == null) {
            training = open(model);
        }
        files.sweep(model);
        if (training.iteration == training.parameters.iterations()) {
            return RepeatStatus.FINISHED;
        }
        long before = training.iteration;
        trainToNextCheckpoint(training);
        contribution.incrementWriteCount(training.iteration - before);
        return RepeatStatus.continueIf(training.iteration < training.parameters.iterations());
    }

    private Training open(Artifact model) throws IOException {
        PretrainParameters parameters = run.parameters(PretrainParameters.class);
        Artifact artifact = work.dataset();
        Dataset dataset = datasets.get(artifact.id());
        var size = run.modelSize();
        ModelConfig config = new ModelConfig(
                size.layers(),
                size.width(),
                size.heads(),
                dataset.resolution() * dataset.resolution(),
                dataset.colours());
        if (parameters.batch() > dataset.trainRows()) {
            throw new UserException("batch %d is larger than the %d training images of %s; give a smaller batch"
                    .formatted(parameters.batch(), dataset.trainRows(), artifact.name()));
        }
        MemoryNeeds.ofTraining(config, parameters.batch()).check();
        progress.say("model %s: %,d parameters, %d layers of width %d; %,d iterations of %d images"
                .formatted(
                        parameters.model(),
                        Weights.count(config),
                        config.layers(),
                        config.width(),
                        parameters.iterations(),
                        parameters.batch()));
        files.writeConfig(model, config);
        DatasetRows.Rows train = rows.of(artifact, "train");
        DatasetRows.Rows validation = rows.of(artifact, "validation");
        Network network = new Network(config, parameters.batch(), run.threads());
        Trainer trainer = new Trainer(network);
        long iteration = restore(network, model, parameters.seed());
        metrics.deleteAfter(model.id(), iteration);
        ProgressReporter.Meter meter =
                progress.begin("train", iteration, parameters.iterations(), "iterations", "images", parameters.batch());
        return new Training(parameters, model, network, train, validation, iteration, trainer, meter);
    }

    /** The iteration to go on from: of the newest checkpoint whose bytes are those that were written. */
    private long restore(Network network, Artifact model, long seed) throws IOException {
        List<Checkpoint> newestFirst = new ArrayList<>(checkpoints.all(model.id()));
        newestFirst.sort(Comparator.comparingLong(Checkpoint::iteration).reversed());
        for (Checkpoint checkpoint : newestFirst) {
            if (files.isWhole(checkpoint)) {
                network.restore(files.prefix(checkpoint));
                progress.say("goes on from the checkpoint of iteration " + checkpoint.iteration());
                return checkpoint.iteration();
            }
            progress.say("checkpoint %s is damaged: goes back to the one before it".formatted(checkpoint.path()));
            checkpoints.delete(model.id(), checkpoint.iteration());
        }
        network.initialize(seed);
        return 0;
    }

    private void trainToNextCheckpoint(Training now) throws IOException {
        int every = now.parameters.saveEvery();
        long next = Math.min(now.parameters.iterations(), (now.iteration / every + 1) * every);
        long curveEvery = Math.max(1, now.parameters.iterations() / CURVE);
        List<Metric> curve = new ArrayList<>();
        double loss = Double.NaN;
        while (now.iteration < next && !(run.stopRequested() && !Double.isNaN(loss))) {
            double rate = now.schedule.at(now.iteration);
            now.batches.fill(now.iteration, now.tokens);
            loss = now.trainer.iterate(now.iteration, rate, now.tokens);
            if (!Double.isFinite(loss)) {
                throw new UserException("the loss is not a finite number at iteration %d; give a smaller learning_rate"
                                .formatted(now.iteration)
                        + " than " + now.parameters.learningRate());
            }
            now.iteration++;
            if (now.iteration == 1 || now.iteration % curveEvery == 0) { // 1: the loss before the first update
                curve.add(new Metric(now.model.id(), now.iteration, "train_nats", loss));
                curve.add(new Metric(now.model.id(), now.iteration, "learning_rate", rate));
            }
            now.meter.set(now.iteration);
            now.meter.detail("loss %.4f lr %.2g".formatted(loss, rate));
        }
        commit(now, curve, loss, now.iteration == next);
    }

    /** File first, rows second. A stop between commit points is no point of the curve: it has no validation loss. */
    private void commit(Training now, List<Metric> curve, double loss, boolean regular) throws IOException {
        Double validation = null;
        if (regular && now.validation.count() > 0) {
            int limit = now.parameters.validationImages();
            int images = limit == 0 ? now.validation.count() : Math.min(limit, now.validation.count());
            validation = Evaluation.sum(now.network, now.validation.tokens(), 0, images) / images;
            curve.add(new Metric(now.model.id(), now.iteration, "validation_nats", validation));
        }
        CheckpointFiles.Saved saved = files.save(now.network, now.model, now.iteration);
        checkpoints.add(new Checkpoint(now.model.id(), now.iteration, saved.path(), saved.sha256(), loss, validation));
        metrics.addAll(curve);
        prune(now);
    }

    /** Keeps the last few commit points and the best; their files go once this transaction is through. */
    private void prune(Training now) {
        int every = now.parameters.saveEvery();
        List<Checkpoint> all = checkpoints.all(now.model.id());
        List<Checkpoint> regular = all.stream()
                .filter(checkpoint ->
                        checkpoint.iteration() % every == 0 || checkpoint.iteration() == now.parameters.iterations())
                .toList();
        List<Checkpoint> kept =
                new ArrayList<>(regular.subList(Math.max(0, regular.size() - now.parameters.keep()), regular.size()));
        checkpoints.best(now.model.id()).ifPresent(kept::add);
        for (Checkpoint checkpoint : all) {
            if (!kept.contains(checkpoint) && checkpoint.iteration() != now.iteration) {
                checkpoints.delete(now.model.id(), checkpoint.iteration());
            }
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (training != null) {
            training.meter.close();
            training.network.close();
            training = null;
        }
        return null;
    }
}
