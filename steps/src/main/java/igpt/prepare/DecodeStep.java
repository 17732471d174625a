package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.image.PixelFile;
import igpt.image.SplitPlan;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.Counts;
import igpt.schema.InputException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.SkippedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/**
 * Decodes and shrinks one part's images at each call; the last call judges. A broken image is skipped, counted and named: all
 * are, before the job fails for too many.
 */
@Component
public record DecodeStep(
        RunContext run, Images images, RunArtifacts artifacts, Datasets datasets, ProgressReporter progress)
        implements RunStep {
    public static final StepDescription DECODE = new StepDescription(
            DecodeStep.class, "decode", "each image becomes a small square; broken ones are skipped and named");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var dataset = artifacts.get(DATASET);
        if (dataset.complete()) {
            return RepeatStatus.FINISHED;
        }
        // How far: in the step's context, which is stored in the transaction that stores the skipped images.
        var context = contribution.getStepExecution().getExecutionContext();
        int next = context.getInt("part", 0);
        var parts = images.plan().parts();
        if (next == parts.size()) {
            checkBroken(dataset);
            return RepeatStatus.FINISHED;
        }
        var part = parts.get(next);
        var skipped = decode(dataset, part, before(parts, next));
        datasets.addSkipped(skipped);
        WarningLines.tell(images.source().takeWarnings(), progress);
        contribution.incrementReadCount();
        contribution.incrementWriteCount(part.places().length - skipped.size());
        context.putInt("part", next + 1);
        return RepeatStatus.CONTINUABLE;
    }

    private List<SkippedImage> decode(Artifact dataset, SplitPlan.Part part, long before)
            throws IOException, InterruptedException, ExecutionException {
        int resolution = run.parameters(PrepareParameters.class).resolution();
        ImageReading reading;
        try (var meter = progress.begin("decode", before, images.plan().count(), "images")) {
            reading = ImageReading.of(part.places(), resolution, images::read, run.threads(), meter);
        }
        PixelFile.write(Images.pixels(artifacts.folder(dataset), part), reading.images());
        return reading.broken().stream()
                .map(broken -> new SkippedImage(
                        dataset.id(), images.row(broken.place()).source(), broken.reason()))
                .toList();
    }

    private static long before(List<SplitPlan.Part> parts, int next) {
        return parts.subList(0, next).stream()
                .mapToLong(part -> part.places().length)
                .sum();
    }

    /** What the folder's listing skipped was never to be decoded: one dangling link in a small folder is put up with. */
    private void checkBroken(Artifact dataset) {
        var listed = images.listed(dataset).stream().map(SkippedImage::source).collect(Collectors.toSet());
        var broken = datasets.skipped(dataset.id()).stream()
                .filter(image -> !listed.contains(image.source()))
                .toList();
        int all = images.plan().count();
        double allowed = run.parameters(PrepareParameters.class).broken();
        if (broken.size() > allowed * all) {
            SkippedLines.tell(broken, run, progress);
            double needed = Math.ceil(1e4 * broken.size() / all) / 1e4;
            throw new InputException(
                    "%,d of %s %s broken, more than %s %% (named above, all of them in skipped_images): mend or delete them, or allow as many, broken=%s, and run it again"
                            .formatted(
                                    broken.size(),
                                    Counts.of(all, "image"),
                                    broken.size() == 1 ? "is" : "are",
                                    plain(100 * allowed),
                                    plain(needed)));
        }
    }

    /** 1, not 1.0; 0.04, not 0.0400. */
    private static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
