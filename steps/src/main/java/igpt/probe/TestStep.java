package igpt.probe;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.probe.ProbeRecipe.PROBE;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Probe;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Tests every classifier once, and marks each network's best layer: the best on validation, not on test images. */
@Component
public record TestStep(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        FeatureRows rows,
        Probes probes,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription TEST =
            new StepDescription(TestStep.class, "test", "refitted on train and validation, then tested once");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = artifacts.get(PROBE);
        if (!artifacts.isDone(artifact)) {
            test(artifact);
            artifacts.complete(artifact);
        }
        List<Probe> tested = probes.of(artifact.id());
        ProbeTable table = new ProbeTable(tested, probes.testImages(artifact.id()));
        table.lines().forEach(progress::say);
        tested.stream()
                .filter(probe -> probe.network().equals(ProbedLayers.CONCAT))
                .forEach(probe -> progress.say(table.line(rows.of(probe), probe)));
        return RepeatStatus.FINISHED;
    }

    private void test(Artifact artifact) throws IOException, JobInterruptedException {
        int classes = datasets.get(artifacts.get(DATASET).id()).classes().size();
        List<Probe> tested = new ArrayList<>();
        for (Probe probe : probes.of(artifact.id())) {
            run.checkStop();
            Path file = artifacts.resolve(probe.path());
            Checksums.verify(file, probe.sha256());
            Fit fit = ProbeFile.read(file, classes);
            MaskedRows test = rows.masked(rows.of(probe), Splits.TEST);
            FeatureRows.Rows first = test.first();
            double accuracy = fit.accuracy(first.values(), first.count(), first.labels());
            tested.add(probe.tested(accuracy, test.several() ? test.accuracy(fit) : null));
        }
        for (Probe probe : tested) {
            int best = Probes.best(tested, probe.network()).layer();
            probes.add(probe.marked(probe.layer() == best));
        }
    }
}
