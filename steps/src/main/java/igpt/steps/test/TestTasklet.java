package igpt.steps.test;

import igpt.schema.Artifact;
import igpt.schema.Artifacts;
import igpt.schema.Checksums;
import igpt.schema.Datasets;
import igpt.schema.Probe;
import igpt.schema.Probes;
import igpt.steps.run.FeatureRows;
import igpt.steps.run.ProbeFile;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Tests every classifier once, and marks each network's best layer: the best on validation, not on test images. */
record TestTasklet(
        Work work, Artifacts artifacts, Datasets datasets, FeatureRows rows, Probes probes, ProgressReporter progress)
        implements Tasklet {
    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = work.probe();
        if (!work.isDone(artifact)) {
            test(artifact);
            artifacts.complete(artifact.id());
        }
        ProbeTable.lines(probes.of(artifact.id())).forEach(progress::say);
        return RepeatStatus.FINISHED;
    }

    private void test(Artifact artifact) throws IOException {
        int classes = datasets.get(work.dataset().id()).classes().size();
        List<Probe> tested = new ArrayList<>();
        for (Probe probe : probes.of(artifact.id())) {
            Path file = work.resolve(probe.path());
            Checksums.verify(file, probe.sha256());
            FeatureRows.Rows test = rows.of(probe.network(), probe.layer(), "test");
            double accuracy = ProbeFile.read(file, classes).accuracy(test.values(), test.count(), test.labels());
            tested.add(probe.tested(accuracy, null));
        }
        for (Probe probe : tested) {
            probes.add(probe.marked(probe.layer() == bestLayer(tested, probe.network())));
        }
    }

    private static int bestLayer(List<Probe> probes, String network) {
        return probes.stream()
                .filter(probe -> probe.network().equals(network))
                .max(Comparator.comparingDouble(Probe::validationAccuracy)
                        .thenComparing(Comparator.comparingInt(Probe::layer).reversed()))
                .orElseThrow()
                .layer();
    }
}
