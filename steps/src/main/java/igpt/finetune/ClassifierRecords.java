package igpt.finetune;

import static igpt.finetune.ClassifierRecipe.FIRST;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.classifier.Classifier;
import igpt.schema.artifact.classifier.Classifiers;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The rows of a fine-tuning, other than its checkpoints. */
@Component
record ClassifierRecords(RunContext run, RunArtifacts artifacts, Metrics metrics, Classifiers classifiers) {
    static final String ACCURACY = "validation_accuracy";

    /** The validation accuracies from the best to the last, by iteration. Of equal ones the earliest is the best. */
    List<Metric> fromBest(Artifact classifier) {
        List<Metric> all = metrics.series(classifier.id(), ACCURACY);
        int best = 0;
        for (int i = 1; i < all.size(); i++) {
            best = all.get(i).value() > all.get(best).value() ? i : best;
        }
        return all.subList(best, all.size());
    }

    /** Stores the first training's result. If a second training follows, that one is tested, and the first is complete. */
    void finishTuning(Artifact classifier, int layer) {
        boolean foldBack = run.parameters(FinetuneParameters.class).foldBack();
        Metric best = fromBest(classifier).get(0);
        String protocol = "best iteration chosen on validation; " + (foldBack ? "not tested" : "tested once");
        classifiers.put(row(classifier, layer, best.iteration(), best.value(), protocol));
        if (foldBack) {
            artifacts.complete(classifier);
        }
    }

    /** Stores the second training, which ran for as many iterations as were best in the first. */
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
