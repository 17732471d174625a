package igpt.pretrain;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Weights;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.DivergedException;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.artifact.model.Model;
import igpt.schema.artifact.model.Models;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.train.Augmentation;
import igpt.train.Batches;
import igpt.train.Evaluation;
import igpt.train.Masks;
import igpt.train.Trainer;
import igpt.train.WarmupCosine;
import igpt.training.CommitPoints;
import igpt.training.IterationSettings;
import igpt.training.StoppingRule;
import igpt.training.TrainingSetup;
import igpt.training.TrainingTask;
import igpt.training.Validation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** A model learns to predict pixels (section 2.2 of the paper), for a given number of iterations. */
@Component
record PretrainingTask(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        Models models,
        Checkpoints checkpoints,
        Metrics metrics,
        CheckpointFiles files,
        ProgressReporter progress,
        TransactionOperations atOnce)
        implements TrainingTask {
    private static final double DIVERGENCE_MARGIN = 1.02;

    @Override
    public Optional<Artifact> begin() {
        Artifact model = artifacts.begin(MODEL, parameters().model());
        return artifacts.isDone(model) ? Optional.empty() : Optional.of(model);
    }

    private PretrainParameters parameters() {
        return run.parameters(PretrainParameters.class);
    }

    @Override
    public TrainingSetup setup(Artifact model) throws IOException {
        PretrainParameters p = parameters();
        Artifact dataset = artifacts.get(DATASET);
        DatasetRows.Rows train = rows.toTrainOn(dataset, p.batch(), p.trainOn().splits());
        DatasetRows.Rows validation = rows.of(dataset, Splits.VALIDATION);
        Masks masks = new Masks(p.maskRate(), p.seed());
        CommitPoints commits = new CommitPoints(p.saveEvery(), p.iterations(), p.milestoneIterations());
        return new TrainingSetup(
                TrainStep.TRAIN.name(),
                config(p, datasets.get(dataset.id())),
                null,
                new IterationSettings(p.batch(), p.microBatch(), p.recompute(), p.precision()),
                new Batches(train.tokens(), new int[0], p.batch(), p.seed(), masks, Augmentation.NONE),
                GenerativeObjective.over(p.iterations()),
                new WarmupCosine(p.learningRate(), warmup(p, train.count()), p.iterations()),
                commits,
                network -> validate(network, validation, masks),
                StoppingRule.never(),
                all -> kept(model, all, commits));
    }

    private ModelConfig config(PretrainParameters parameters, Dataset dataset) {
        var size = ModelRecipe.size(run);
        return new ModelConfig(
                size.layers(),
                size.width(),
                size.heads(),
                Tokenizers.grid(dataset).positions(),
                dataset.colours(),
                parameters.objective());
    }

    /** The paper warms up over one epoch; a short training over a tenth of it. */
    private static long warmup(PretrainParameters parameters, long images) {
        long epoch = Math.max(1, images / parameters.batch());
        return parameters.warmup() >= 0 ? parameters.warmup() : Math.min(epoch, parameters.iterations() / 10);
    }

    /** Nats a pixel on the first validation images; null if there are none that the model is not trained on. */
    private Validation.@Nullable Result validate(Network network, DatasetRows.Rows validation, Masks masks) {
        boolean learnt = !parameters().trainOn().leavesOut(Splits.VALIDATION);
        int images = learnt ? 0 : validation.count(parameters().validationImages());
        return images == 0
                ? null
                : new Validation.Result(
                        "validation_nats",
                        Evaluation.sum(network, validation.tokens(), masks, 0, images) / images,
                        true);
    }

    /** The milestones, the last few commit points and the best. */
    private Set<Long> kept(Artifact model, List<Checkpoint> all, CommitPoints commits) {
        List<Long> regular = all.stream()
                .map(Checkpoint::iteration)
                .filter(commits::isRegular)
                .toList();
        Set<Long> kept = regular.stream().filter(commits.milestones()::contains).collect(Collectors.toSet());
        kept.addAll(regular.subList(Math.max(0, regular.size() - parameters().keep()), regular.size()));
        checkpoints.best(model.id()).ifPresent(best -> kept.add(best.iteration()));
        return kept;
    }

    @Override
    public void beforeOpening(Artifact model, TrainingSetup setup, int microBatch) throws IOException {
        ModelConfig config = setup.config();
        PretrainParameters p = parameters();
        progress.say("model %s: %,d parameters, %s of width %d; %s of %s%s"
                .formatted(
                        p.model(),
                        Weights.count(config),
                        Counts.of(config.layers(), "layer"),
                        config.width(),
                        Counts.of(p.iterations(), "iteration"),
                        Counts.of(p.batch(), "image"),
                        microBatch < p.batch() ? ", %d at a time".formatted(microBatch) : ""));
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
    }

    @Override
    public void initialize(Network network) throws IOException {
        network.initialize(parameters().seed());
        Optional<Input.Start> start = run.inputs().find(Input.Start.class);
        if (start.isPresent()) {
            Artifact model = artifacts.get(start.get().artifact().orElseThrow());
            files.restoreModel(network, model, start.get().startIteration());
        }
    }

    /**
     * A loss above that of guessing, and above the first, means that the training diverged. The margin allows for very
     * short trainings, whose loss has hardly moved and varies from batch to batch. It has to be the training loss: the
     * validation loss of a model that overfits is high as well.
     */
    @Override
    public void checkLastLoss(Artifact model, TrainingSetup setup, Trainer.Loss last) {
        int colours = setup.config().colours();
        double first = metrics.series(model.id(), "train_nats").stream()
                .mapToDouble(Metric::value)
                .findFirst()
                .orElse(0);
        if (last.nats() > DIVERGENCE_MARGIN * Math.max(first, Math.log(colours))) {
            throw DivergedException.aboveGuessing(
                    last.nats(), colours, parameters().learningRate());
        }
    }
}
