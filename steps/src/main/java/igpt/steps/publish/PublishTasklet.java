package igpt.steps.publish;

import igpt.config.PrepareParameters;
import igpt.schema.Artifact;
import igpt.schema.Artifacts;
import igpt.schema.AtomicFiles;
import igpt.schema.Checksums;
import igpt.schema.Dataset;
import igpt.schema.DatasetPart;
import igpt.schema.Datasets;
import igpt.schema.SkippedImage;
import igpt.steps.run.Images;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.util.FileSystemUtils;

/** Reads every part once more, writes the manifest, and makes the dataset known. */
record PublishTasklet(
        RunContext run, Images images, Work work, Artifacts artifacts, Datasets datasets, ProgressReporter progress)
        implements Tasklet {
    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = work.dataset();
        if (artifact.complete()) {
            return RepeatStatus.FINISHED;
        }
        PrepareParameters parameters = run.parameters(PrepareParameters.class);
        Path folder = work.folder(artifact);
        StringBuilder manifest = new StringBuilder(); // as sha256sum writes and checks it
        long train = verify(artifact, "train", manifest);
        long validation = verify(artifact, "validation", manifest);
        long test = verify(artifact, "test", manifest);
        Path palette = folder.resolve("palette.npy");
        manifest.append(Checksums.sha256(palette)).append("  palette.npy\n");
        Path file = folder.resolve("manifest.sha256");
        AtomicFiles.write(file, temporary -> Files.writeString(temporary, manifest));
        List<SkippedImage> skipped = datasets.skipped(artifact.id());
        datasets.add(new Dataset(
                artifact.id(),
                parameters.data(),
                parameters.resolution(),
                parameters.colours(),
                images.source().classes(),
                train,
                validation,
                test,
                skipped.size(),
                work.relative(palette),
                Checksums.sha256(file)));
        artifacts.complete(artifact.id());
        FileSystemUtils.deleteRecursively(Images.pixels(folder));
        for (SkippedImage image : skipped) {
            progress.say("skipped %s: %s".formatted(image.source(), image.reason()));
        }
        progress.say("dataset %s: %,d train, %,d validation, %,d test images of %d x %5$d, %d colours"
                .formatted(artifact.name(), train, validation, test, parameters.resolution(), parameters.colours()));
        return RepeatStatus.FINISHED;
    }

    /** The rows of a split; its parts are appended to the manifest. */
    private long verify(Artifact dataset, String split, StringBuilder manifest) throws IOException {
        long rows = 0;
        for (DatasetPart part : datasets.parts(dataset.id(), split)) {
            Path file = work.resolve(part.path());
            Checksums.verify(file, part.sha256());
            manifest.append(part.sha256())
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
            rows += part.rows();
        }
        return rows;
    }
}
