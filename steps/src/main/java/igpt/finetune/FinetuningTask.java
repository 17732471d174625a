package igpt.finetune;

import static igpt.finetune.ClassifierRecipe.FIRST;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.graph.Network;
import igpt.model.Losses;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Input;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.train.Batches;
import igpt.train.Classification;
import igpt.train.Masks;
import igpt.train.Schedule;
import igpt.training.CommitPoints;
import igpt.training.IterationSettings;
import igpt.training.Milestones;
import igpt.training.StoppingRule;
import igpt.training.TrainingSetup;
import igpt.training.TrainingTask;
import igpt.training.Validation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model and a classifier on it learn together (section 2.3 of the paper), from the model's checkpoint or from random
 * weights. The first training stops early: after {@code patience} commit points without a better validation accuracy.
 */
record FinetuningTask(
        FinetuningPhase phase,
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        CheckpointFiles files,
        ClassifierNetworks networks,
        ClassifierRecords records)
        implements TrainingTask {

    @Override
    public Optional<Artifact> begin() throws IOException {
        if (phase.folded()) {
            if (!parameters().foldBack()) {
                return Optional.empty();
            }
            files.sweep(artifacts.get(FIRST)); // the checkpoints whose rows its last commit deleted
        }
        var classifier = artifacts.begin(phase.recipe(), artifacts.get(MODEL).name());
        return artifacts.isDone(classifier) ? Optional.empty() : Optional.of(classifier);
    }

    private FinetuneParameters parameters() {
        return run.parameters(FinetuneParameters.class);
    }

    @Override
    public TrainingSetup setup(Artifact classifier) throws IOException {
        var p = parameters();
        var dataset = artifacts.get(DATASET);
        var train = rows.toTrainOn(dataset, p.batch(), phase.splits());
        datasets.validated(dataset, "stop by");
        var validation = rows.of(dataset, Splits.VALIDATION);
        var masks = new Masks(p.maskRate(), p.seed());
        return new TrainingSetup(
                phase.step(),
                networks.config(),
                networks.head(),
                new IterationSettings(p.batch(), p.microBatch(), p.recompute(), p.precision()),
                new Batches(train.tokens(), train.labels(), p.batch(), p.seed(), masks, p.augmentation()),
                new ClassifyingObjective(
                        p.loss() == FinetuneParameters.Loss.JOINT ? Losses.JOINT : Losses.CLASSIFICATION),
                Schedule.constant(p.learningRate()),
                new CommitPoints(p.saveEvery(), last(), new Milestones(List.of())),
                phase.folded() ? Validation.none() : network -> validate(network, validation, masks),
                phase.folded() ? StoppingRule.never() : () -> sinceBest(classifier) >= p.patience(),
                all -> best(classifier));
    }

    /** The last iteration: the user's, or the best of the first training. */
    private long last() {
        return phase.folded() ? records.first().iteration() : parameters().iterations();
    }

    /** The accuracy on the validation images, 0 to 1. */
    private Validation.Result validate(Network network, DatasetRows.Rows validation, Masks masks) {
        int images = validation.count(parameters().validationImages());
        int[] predicted = Classification.predict(network, validation.tokens(), masks, 0, 0, images);
        double accuracy = (double) Classification.right(predicted, validation.labels(), 0) / images;
        return new Validation.Result(ClassifierRecords.ACCURACY, accuracy, false);
    }

    /** Commit points since the best validation accuracy. */
    private int sinceBest(Artifact classifier) {
        return records.fromBest(classifier).size() - 1;
    }

    /** Only the best checkpoint is kept, and the newest, to resume from. */
    private Set<Long> best(Artifact classifier) {
        return records.fromBest(classifier).stream()
                .limit(1)
                .map(Metric::iteration)
                .collect(Collectors.toSet());
    }

    @Override
    public void initialize(Network network) throws IOException {
        network.initialize(parameters().seed());
        if (parameters().start() == FinetuneParameters.Start.PRETRAINED) {
            files.restoreModel(
                    network,
                    artifacts.get(MODEL),
                    run.inputs().get(Input.Checkpoint.class).iteration());
        }
    }

    @Override
    public void finish(Artifact classifier) throws IOException {
        int layer = networks.head().layer();
        if (phase.folded()) {
            records.finishRefit(classifier, layer);
        } else {
            records.finishTuning(classifier, layer);
        }
    }
}
