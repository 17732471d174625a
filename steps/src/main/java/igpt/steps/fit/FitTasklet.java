package igpt.steps.fit;

import igpt.optim.SoftmaxRegression;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.optim.Standardization;
import igpt.schema.Artifact;
import igpt.schema.Checksums;
import igpt.schema.Datasets;
import igpt.schema.FeatureParts;
import igpt.schema.Probe;
import igpt.schema.Probes;
import igpt.steps.run.FeatureRows;
import igpt.steps.run.ProbeFile;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Fits the classifier of one layer at each call: the strength of the L2 penalty is chosen on the validation images,
 * then the classifier is fitted anew to training and validation images together.
 */
record FitTasklet(
        RunContext run,
        Work work,
        Datasets datasets,
        FeatureParts featureParts,
        FeatureRows rows,
        Probes probes,
        ProgressReporter progress)
        implements Tasklet {
    /** Strengths tried, strongest first; the objective is the mean −log p + l2 / 2 · |W|² on standardized features. */
    private static final double[] STRENGTHS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};

    private record Layer(String network, int layer) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact probe = work.beginProbe(work.features().name());
        List<Layer> all = featureParts.layers(work.features().id()).stream()
                .map(part -> new Layer(part.network(), part.layer()))
                .toList();
        List<Layer> there = probes.of(probe.id()).stream()
                .map(row -> new Layer(row.network(), row.layer()))
                .toList();
        List<Layer> left = all.stream().filter(layer -> !there.contains(layer)).toList();
        if (left.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        Layer layer = left.get(0);
        try (ProgressReporter.Meter meter = progress.begin("fit", there.size(), all.size(), "layers")) {
            meter.detail(layer.network() + " layer " + layer.layer());
            probes.add(fit(probe, layer));
            meter.add(1);
        }
        contribution.incrementWriteCount(1);
        return RepeatStatus.continueIf(left.size() > 1);
    }

    private record Choice(double l2, double accuracy, Fit fit) {}

    private Probe fit(Artifact artifact, Layer layer) throws Exception {
        int classes = datasets.get(work.dataset().id()).classes().size();
        FeatureRows.Rows train = rows.of(layer.network(), layer.layer(), "train");
        Standardization standardization = Standardization.of(train.values(), train.count(), train.width());
        standardization.apply(train.values());
        Choice choice = choose(layer, train, standardization, classes);
        FeatureRows.Rows both = rows.of(layer.network(), layer.layer(), "train", "validation");
        standardization.apply(both.values());
        Fit fit = regression(both, classes).fit(1 / (choice.l2() * both.count()), choice.fit());
        if (!fit.converged()) {
            progress.say("%s layer %d: L-BFGS did not converge in %d iterations (%s)"
                    .formatted(layer.network(), layer.layer(), fit.iterations(), fit.reason()));
        }
        Path file = work.folder(artifact).resolve("%s/layer-%02d.npy".formatted(layer.network(), layer.layer()));
        ProbeFile.write(file, standardization.unfold(fit));
        return new Probe(
                artifact.id(),
                layer.network(),
                layer.layer(),
                choice.l2(),
                choice.accuracy(),
                null,
                fit.objective(),
                fit.iterations(),
                fit.converged(),
                false,
                work.relative(file),
                Checksums.sha256(file),
                "lbfgs",
                null,
                "l2 chosen on validation; refitted on train and validation; tested once",
                null);
    }

    /** The strongest of the penalties that do best on the validation images. */
    private Choice choose(Layer layer, FeatureRows.Rows train, Standardization standardization, int classes)
            throws Exception {
        FeatureRows.Rows validation = rows.of(layer.network(), layer.layer(), "validation");
        standardization.apply(validation.values());
        SoftmaxRegression regression = regression(train, classes);
        @Nullable Choice best = null;
        @Nullable Fit start = null;
        for (double l2 : STRENGTHS) {
            run.checkStop();
            Fit fit = regression.fit(1 / (l2 * train.count()), start);
            start = fit;
            double accuracy = fit.accuracy(validation.values(), validation.count(), validation.labels());
            if (best == null || accuracy > best.accuracy()) {
                best = new Choice(l2, accuracy, fit);
            }
        }
        return Objects.requireNonNull(best);
    }

    private SoftmaxRegression regression(FeatureRows.Rows rows, int classes) {
        return new SoftmaxRegression(rows.values(), rows.count(), rows.width(), rows.labels(), classes, run.threads());
    }
}
