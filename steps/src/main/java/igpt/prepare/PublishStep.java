package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.image.LeftOut;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.Tokenizers;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.ClassRows;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Finding;
import igpt.schema.dataset.SkippedImage;
import igpt.schema.dataset.Splits;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.FolderGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Compares the splits; then reads every part once more, writes the manifest, and makes the dataset known. */
@Component
public record PublishStep(
        RunContext run,
        Images images,
        RunArtifacts artifacts,
        Datasets datasets,
        List<DatasetRequirement> requirements,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription PUBLISH =
            new StepDescription(PublishStep.class, "publish", "check and count the parts; the dataset can be used");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var artifact = artifacts.get(DATASET);
        if (artifact.complete()) {
            return RepeatStatus.FINISHED;
        }
        // Committed before the pixels go, which are deleted in the call that publishes.
        var context = contribution.getStepExecution().getExecutionContext();
        if (!context.containsKey("compared")) {
            compare(artifact);
            context.putInt("compared", 1);
            return RepeatStatus.CONTINUABLE;
        }
        publish(artifact);
        return RepeatStatus.FINISHED;
    }

    private void compare(Artifact artifact) throws IOException {
        var folder = artifacts.folder(artifact);
        int resolution = run.parameters(PrepareParameters.class).resolution();
        var copies = new Copies(images.plan().parts(), part -> Images.pixels(folder, part), resolution);
        datasets.putFindings(artifact.id(), Finding.Kind.COPIES, copies.count());
    }

    private void publish(Artifact artifact) throws IOException {
        var parameters = run.parameters(PrepareParameters.class);
        var folder = artifacts.folder(artifact);
        var manifest = new StringBuilder(); // as sha256sum writes and checks it
        long train = verify(artifact, Splits.TRAIN, manifest);
        long validation = verify(artifact, Splits.VALIDATION, manifest);
        long test = verify(artifact, Splits.TEST, manifest);
        var palette = folder.resolve(Tokenizers.PALETTE);
        manifest.append(Checksums.sha256(palette)).append("  " + Tokenizers.PALETTE + "\n");
        var skipped = datasets.skipped(artifact.id());
        var classes = rowsByClass(skipped);
        requirements.forEach(one -> one.checkClasses(classes));
        var classesFile = folder.resolve(ClassesFile.NAME);
        ClassesFile.write(classesFile, classes);
        manifest.append(Checksums.sha256(classesFile))
                .append("  ")
                .append(ClassesFile.NAME)
                .append('\n');
        var file = folder.resolve("manifest.sha256");
        AtomicFiles.write(file, temporary -> Files.writeString(temporary, manifest));
        FolderGuard.confirm(folder);
        FileSystemUtils.deleteRecursively(Images.pixels(folder)); // all of them are in the parts
        datasets.add(new Dataset(
                artifact.id(),
                parameters.data(),
                images.source().published(),
                parameters.resolution(),
                parameters.colours(),
                images.source().classes(),
                train,
                validation,
                test,
                skipped.size(),
                artifacts.relative(palette),
                Checksums.sha256(file)));
        datasets.setRows(artifact.id(), classes);
        artifacts.complete(artifact);
        SkippedLines.tell(skipped, run, progress);
        classes.stream()
                .filter(rows -> rows.train() + rows.validation() == 0)
                .forEach(rows -> progress.say("class %s has no image to learn it from".formatted(rows.name())));
        progress.say("dataset %s: %,d train, %,d validation, %s of %d x %5$d, %d colours%s"
                .formatted(
                        artifact.name(),
                        train,
                        validation,
                        Counts.of(test, "test image"),
                        parameters.resolution(),
                        parameters.colours(),
                        besides(artifact, skipped.size())));
    }

    /** What the user may want to do something about. */
    private String besides(Artifact dataset, int skipped) {
        var words = new StringBuilder();
        if (skipped > 0) {
            words.append("; %,d skipped".formatted(skipped));
        }
        for (var kind : Finding.Kind.values()) {
            var files = new LinkedHashMap<String, Long>();
            datasets.findings(dataset.id()).stream()
                    .filter(finding -> finding.kind() == kind)
                    .forEach(finding -> files.put(finding.what(), finding.files()));
            if (!files.isEmpty()) {
                words.append(
                        switch (kind) {
                            case LEFT_OUT -> "; left out: " + LeftOut.words(files);
                            case NO_CLASS -> "; no class: " + String.join(", ", files.keySet());
                            case COPIES -> "; " + LeftOut.words(files);
                        });
            }
        }
        return words.toString();
    }

    /** What is in the parts: the plan's images but for those skipped. */
    private List<ClassRows> rowsByClass(List<SkippedImage> skipped) {
        var left = skipped.stream().map(SkippedImage::source).collect(Collectors.toSet());
        var classes = images.source().classes();
        long[][] rows = new long[3][classes.size()];
        for (var part : images.plan().parts()) {
            long[] ofSplit = rows[Splits.ALL.indexOf(part.split())];
            for (int place : part.places()) {
                var image = images.row(place);
                if (image.label() >= 0 && (left.isEmpty() || !left.contains(SkippedImage.shortened(image.source())))) {
                    ofSplit[image.label()]++;
                }
            }
        }
        return IntStream.range(0, classes.size())
                .mapToObj(label ->
                        new ClassRows(label, classes.get(label), rows[0][label], rows[1][label], rows[2][label]))
                .toList();
    }

    /** The rows of a split; its parts are appended to the manifest. */
    private long verify(Artifact dataset, String split, StringBuilder manifest) throws IOException {
        long rows = 0;
        for (var part : datasets.parts(dataset.id(), split)) {
            var file = artifacts.resolve(part.path());
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
