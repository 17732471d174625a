package igpt.finetune;

import static igpt.finetune.ClassifierRecipe.FIRST;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.config.FinetuneParameters;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Checkpoint;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifier;
import igpt.schema.artifact.Classifiers;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.train.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a fine-tuning leaves in the database, and what it reads there of how far it is. */
@Component
record TuningRecords(
        RunContext run,
        RunArtifacts artifacts,
        Checkpoints checkpoints,
        Metrics metrics,
        Classifiers classifiers,
        CheckpointFiles files) {
    private static final String ACCURACY = "validation_accuracy";

    /** The validation accuracies from the best on, by iteration; of equals the earliest is the best. */
    List<Metric> fromBest(Artifact classifier) {
        List<Metric> all = metrics.series(classifier.id(), ACCURACY);
        int best = 0;
        for (int i = 1; i < all.size(); i++) {
            best = all.get(i).value() > all.get(best).value() ? i : best;
        }
        return all.subList(best, all.size());
    }

    /**
     * A checkpoint, and its point of the curves. File first, rows second.
     *
     * @param accuracy null where none was taken
     * @param regular whether it is none that a stop left between commit points
     */
    void save(Tuning now, Trainer.Loss loss, @Nullable Double accuracy, boolean regular) throws IOException {
        CheckpointFiles.Saved saved = files.save(now.network(), now.classifier(), now.iteration());
        long id = now.classifier().id();
        checkpoints.add(new Checkpoint(id, now.iteration(), saved.path(), saved.sha256(), (double) loss.nats(), null));
        List<Metric> curve = new ArrayList<>();
        if (regular) {
            curve.add(new Metric(id, now.iteration(), "train_nats", loss.nats()));
            curve.add(new Metric(id, now.iteration(), "classification_nats", loss.classification()));
        }
        if (accuracy != null) {
            curve.add(new Metric(id, now.iteration(), ACCURACY, accuracy));
        }
        metrics.addAll(curve);
        prune(now);
    }

    /** Keeps the best and the newest; other files go once this transaction is through. */
    private void prune(Tuning now) {
        List<Metric> fromBest = fromBest(now.classifier());
        for (Checkpoint checkpoint : checkpoints.all(now.classifier().id())) {
            boolean isBest = !fromBest.isEmpty()
                    && checkpoint.iteration() == fromBest.get(0).iteration();
            if (!isBest && checkpoint.iteration() != now.iteration()) {
                checkpoints.delete(now.classifier().id(), checkpoint.iteration());
            }
        }
    }

    /** What the first training found. It is complete if a second one is tested in its place. */
    void finishTuning(Artifact classifier, int layer) {
        boolean foldBack = run.parameters(FinetuneParameters.class).foldBack();
        Metric best = fromBest(classifier).get(0);
        String protocol = "best iteration chosen on validation; " + (foldBack ? "not tested" : "tested once");
        classifiers.put(row(classifier, layer, best.iteration(), best.value(), protocol));
        if (foldBack) {
            artifacts.complete(classifier);
        }
    }

    /** The second training, on validation images too, as long as was best in the first. */
    void finishRefit(Artifact classifier, int layer) {
        Classifier first = first();
        String protocol = "best iteration chosen on validation; trained again on train and validation; tested once";
        classifiers.put(row(classifier, layer, first.iteration(), first.validationAccuracy(), protocol));
    }

    /** The row of the first training. */
    Classifier first() {
        return classifiers.find(artifacts.get(FIRST).id()).orElseThrow();
    }

    private Classifier row(Artifact classifier, int layer, long iteration, double accuracy, String protocol) {
        FinetuneParameters parameters = run.parameters(FinetuneParameters.class);
        return new Classifier(
                classifier.id(),
                artifacts.get(MODEL).id(),
                artifacts.get(DATASET).id(),
                parameters.start().name().toLowerCase(Locale.ROOT),
                parameters.loss().name().toLowerCase(Locale.ROOT),
                layer,
                parameters.learningRate(),
                iteration,
                accuracy,
                null,
                null,
                protocol);
    }
}
