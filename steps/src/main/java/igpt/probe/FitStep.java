package igpt.probe;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.probe.FeaturesRecipe.FEATURES;
import static igpt.probe.ProbeRecipe.PROBE;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.optim.Standardization;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Probe;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Fits the classifier of one layer at each call, and last that of several layers side by side: hyper-parameters are
 * chosen on the validation images, then these are folded back and the classifier is fitted again to all (section 3.2).
 */
@Component
public record FitStep(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        FeatureRows rows,
        Probes probes,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription FIT = new StepDescription(
            FitStep.class, "fit", "a linear classifier on each layer; its L2 strength chosen on validation");

    @Override
    public boolean mends() {
        return true;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = artifacts.begin(PROBE, artifacts.get(FEATURES).name());
        if (artifact.complete()) {
            return RepeatStatus.FINISHED; // and tested, which is done once
        }
        List<Probe> there = whole(artifact);
        List<ProbedLayers> all = rows.layers();
        List<ProbedLayers> left = new ArrayList<>(all);
        there.forEach(probe -> left.removeIf(layers -> isOf(probe, layers)));
        int concatenated = run.parameters(ProbeParameters.class).concat() > 0 ? 1 : 0;
        if (left.isEmpty() && there.size() < all.size() + concatenated) {
            int best = Probes.best(there, ProbedLayers.TRAINED).layer();
            left.add(rows.around(best));
        }
        if (left.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        try (ProgressReporter.Meter meter = progress.begin("fit", there.size(), all.size() + concatenated, "layers")) {
            meter.detail(left.get(0).words());
            probes.add(fit(artifact, left.get(0)));
            meter.add(1);
        }
        contribution.incrementWriteCount(1);
        return RepeatStatus.continueIf(there.size() + 1 < all.size() + concatenated);
    }

    /** Those whose files are as they were written: a damaged one is fitted again. */
    private List<Probe> whole(Artifact artifact) throws IOException {
        List<Probe> whole = new ArrayList<>();
        for (Probe probe : probes.of(artifact.id())) {
            if (Checksums.matches(artifacts.resolve(probe.path()), probe.sha256())) {
                whole.add(probe);
            }
        }
        return whole;
    }

    private static boolean isOf(Probe probe, ProbedLayers layers) {
        return probe.network().equals(layers.network()) && probe.layer() == layers.layer();
    }

    private Probe fit(Artifact artifact, ProbedLayers layers) throws Exception {
        ProbeParameters parameters = run.parameters(ProbeParameters.class);
        Solver solver = solver(parameters);
        FeatureRows.Rows both = rows.of(layers, Splits.TRAIN, Splits.VALIDATION);
        MaskedRows validation = rows.masked(layers, Splits.VALIDATION);
        FeatureRows.Rows train = both.first(both.count() - validation.first().count());
        if (Arrays.stream(train.labels()).distinct().count() < 2) {
            throw new UserException(
                    "the %,d images to fit on are all of one class; give a larger fit_images, or other images"
                            .formatted(train.count()));
        }
        Standardization standardization = Standardization.of(train.values(), train.count(), train.width());
        standardization.apply(both.values());
        validation.masks().forEach(mask -> standardization.apply(mask.values()));
        Solver.Choice choice = solver.choose(layers, train, validation);
        Fit fit = choice.fit();
        if (parameters.foldBack()) {
            fit = solver.refit(choice, both);
        }
        if (!fit.converged()) {
            progress.say("%s: %s did not converge in %s (%s)"
                    .formatted(layers.words(), solver.name(), Counts.of(fit.iterations(), "iteration"), fit.reason()));
        }
        Path file = artifacts.folder(artifact).resolve("%s/layer-%02d.npy".formatted(layers.network(), layers.layer()));
        ProbeFile.write(file, standardization.unfold(fit));
        return new Probe(
                artifact.id(),
                layers.network(),
                layers.layer(),
                choice.l2(),
                choice.accuracy(),
                null,
                fit.objective(),
                fit.iterations(),
                fit.converged(),
                false,
                artifacts.relative(file),
                Checksums.sha256(file),
                solver.name(),
                choice.learningRate(),
                protocol(layers, solver, validation, parameters.foldBack()),
                null);
    }

    private Solver solver(ProbeParameters parameters) {
        int classes = datasets.get(artifacts.get(DATASET).id()).classes().size();
        return parameters.solver() == ProbeParameters.Solver.SGD
                ? new SgdSolver(run, classes, progress)
                : new LbfgsSolver(run, classes);
    }

    private static String protocol(ProbedLayers layers, Solver solver, MaskedRows validation, boolean foldBack) {
        return "%s%s chosen on validation%s; %s; tested once"
                .formatted(
                        layers.concatenated() ? layers.words() + "; " : "",
                        solver.chosen(),
                        validation.several()
                                ? " under %d masks an image"
                                        .formatted(validation.masks().size())
                                : "",
                        foldBack ? "refitted on train and validation" : "fitted on train alone");
    }
}
