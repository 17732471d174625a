package igpt.study;

import static igpt.finetune.ClassifierRecipe.CLASSIFIER;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.recipe.ChildRuns.Child;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.study.SweepTrial;
import igpt.study.SweepParameters.Of;
import org.springframework.stereotype.Component;

/** Reads how well each trial of a sweep did. */
@Component
record TrialResults(Metrics metrics, Classifiers classifiers) {
    SweepTrial of(Of job, Artifact sweep, int place, double rate, Child child) {
        return switch (job) {
            case PRETRAIN -> {
                Artifact model = child.made(MODEL);
                double nats = last(model, "final_validation_nats");
                yield new SweepTrial(sweep.id(), place, rate, child.run(), model.id(), nats, null, false);
            }
            case FINETUNE -> {
                Artifact made = child.made(CLASSIFIER);
                double accuracy = classifiers.find(made.id()).orElseThrow().validationAccuracy();
                yield new SweepTrial(sweep.id(), place, rate, child.run(), made.id(), null, accuracy, false);
            }
        };
    }

    static SweepTrial diverged(Artifact sweep, int place, double rate, long run) {
        return new SweepTrial(sweep.id(), place, rate, run, null, null, null, false);
    }

    private double last(Artifact artifact, String series) {
        return metrics.newest(artifact.id()).stream()
                .filter(metric -> metric.name().equals(series))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
