package igpt.study;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.probe.ProbeRecipe.PROBE;
import static igpt.study.LowDataRecipe.LOW_DATA;

import igpt.optim.SoftmaxRegression;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.optim.Standardization;
import igpt.probe.FeatureRows;
import igpt.probe.ProbeFile;
import igpt.probe.ProbeParameters;
import igpt.probe.ProbedLayers;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.study.LowDataResult;
import igpt.schema.artifact.study.LowDataResults;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.schema.file.Checksums;
import igpt.train.BalancedSubset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Plain logistic regression on few labels (Table 4): one random subset of the training and validation images at each
 * call, tested on all test images. Nothing is chosen: C is 1, on features standardized with the mean and deviation of
 * all training images, whose labels that does not take.
 */
@Component
public record SubsetsStep(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        FeatureRows rows,
        Probes probes,
        LowDataResults results,
        ProgressReporter progress,
        StepResource<Features> features)
        implements RunStep {
    public static final StepDescription SUBSETS = new StepDescription(
            SubsetsStep.class, "subsets", "a linear classifier on each random subset of the labels, tested");

    private static final double C = 1;

    private record Subset(int labels, int number) {}

    /** What the subsets are drawn from and tested on: standardized, but for the test's. */
    record Features(
            ProbedLayers layer, Standardization standardization, FeatureRows.Rows pool, FeatureRows.Rows test) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = artifacts.begin(LOW_DATA, artifacts.get(PROBE).name());
        LowDataParameters parameters = run.parameters(LowDataParameters.class);
        List<Subset> left = new ArrayList<>();
        for (int labels : parameters.labelCounts()) {
            for (int number = 0; number < parameters.subsets(); number++) {
                left.add(new Subset(labels, number));
            }
        }
        int all = left.size();
        results.of(artifact.id()).forEach(result -> left.remove(new Subset(result.labels(), result.subset())));
        if (left.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        try (ProgressReporter.Meter meter = progress.begin("subsets", all - left.size(), all, "subsets")) {
            meter.detail(Counts.of(left.get(0).labels(), "label") + " a class");
            results.add(fit(artifact, left.get(0), features.get(() -> read(parameters.layer()))));
            meter.add(1);
        }
        contribution.incrementWriteCount(1);
        return RepeatStatus.continueIf(left.size() > 1);
    }

    private Features read(int wanted) throws IOException {
        ProbedLayers layer = layer(wanted);
        FeatureRows.Rows train = rows.of(layer, Splits.TRAIN);
        Standardization standardization = Standardization.of(train.values(), train.count(), train.width());
        FeatureRows.Rows pool = rows.of(layer, Splits.TRAIN, Splits.VALIDATION);
        standardization.apply(pool.values());
        return new Features(layer, standardization, pool, rows.of(layer, Splits.TEST));
    }

    private ProbedLayers layer(int wanted) {
        int layer = wanted >= 0
                ? wanted
                : Probes.best(probes.of(artifacts.get(PROBE).id()), ProbedLayers.TRAINED)
                        .layer();
        ProbedLayers layers = ProbedLayers.one(ProbedLayers.TRAINED, layer);
        if (!rows.layers().contains(layers)) {
            throw new UserException(
                    "the model has no layer %d; give layer=-1 for the best by validation".formatted(layer));
        }
        return layers;
    }

    private LowDataResult fit(Artifact artifact, Subset subset, Features features)
            throws IOException, JobInterruptedException {
        List<String> classes = datasets.get(artifacts.get(DATASET).id()).classes();
        FeatureRows.Rows pool = features.pool();
        long seed = run.parameters(ProbeParameters.class).seed();
        int[] chosen = BalancedSubset.draw(pool.labels(), classes, subset.labels(), seed, subset.number());
        float[] values = BalancedSubset.features(pool.values(), pool.width(), chosen);
        int[] labels = BalancedSubset.labels(pool.labels(), chosen);
        Fit fit;
        try (SoftmaxRegression regression =
                new SoftmaxRegression(values, chosen.length, pool.width(), labels, classes.size(), run.threads())) {
            fit = features.standardization().unfold(regression.fit(C, null, run::stopRequested));
        }
        run.checkStop();
        Path file = artifacts
                .folder(artifact)
                .resolve("labels-%04d/subset-%02d.npy".formatted(subset.labels(), subset.number()));
        ProbeFile.write(file, fit);
        FeatureRows.Rows test = features.test();
        return new LowDataResult(
                artifact.id(),
                subset.labels(),
                subset.number(),
                features.layer().layer(),
                fit.accuracy(test.values(), test.count(), test.labels()),
                fit.objective(),
                fit.iterations(),
                fit.converged(),
                artifacts.relative(file),
                Checksums.sha256(file));
    }
}
