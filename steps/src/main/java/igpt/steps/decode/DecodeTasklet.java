package igpt.steps.decode;

import igpt.config.PrepareParameters;
import igpt.image.BrokenImageException;
import igpt.image.PixelFile;
import igpt.image.PixelFile.Pixels;
import igpt.image.SplitPlan;
import igpt.schema.Artifact;
import igpt.schema.Datasets;
import igpt.schema.SkippedImage;
import igpt.schema.UserException;
import igpt.steps.run.Images;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Decodes and shrinks one part's images at each call. A broken image is skipped, counted and named. */
record DecodeTasklet(RunContext run, Images images, Work work, Datasets datasets, ProgressReporter progress)
        implements Tasklet {
    /** Broken images that are put up with, as a share of all. */
    private static final double BROKEN_SHARE = 0.01;

    private static final int TASK = 64; // images

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact dataset = work.dataset();
        if (dataset.complete()) {
            return RepeatStatus.FINISHED;
        }
        // How far: in the step's context, which is stored in the transaction that stores the skipped images.
        ExecutionContext context = contribution.getStepExecution().getExecutionContext();
        int next = context.getInt("part", 0);
        List<SplitPlan.Part> parts = images.plan().parts();
        SplitPlan.Part part = parts.get(next);
        List<SkippedImage> skipped = decode(dataset, part, before(parts, next));
        datasets.addSkipped(skipped);
        contribution.incrementReadCount();
        contribution.incrementWriteCount(part.places().length - skipped.size());
        context.putInt("part", next + 1);
        boolean done = next + 1 == parts.size();
        if (done || !skipped.isEmpty()) {
            checkSkipped(datasets.skipped(dataset.id()));
        }
        return RepeatStatus.continueIf(!done);
    }

    private List<SkippedImage> decode(Artifact dataset, SplitPlan.Part part, long before)
            throws IOException, InterruptedException, ExecutionException {
        List<SkippedImage> skipped = new ArrayList<>();
        List<Pixels> decoded = new ArrayList<>(part.places().length);
        ExecutorService threads = Executors.newFixedThreadPool(run.threads());
        try (ProgressReporter.Meter meter =
                progress.begin("decode", before, images.plan().count(), "images")) {
            List<Future<List<Object>>> tasks = new ArrayList<>();
            for (int from = 0; from < part.places().length; from += TASK) {
                int first = from;
                int last = Math.min(part.places().length, from + TASK);
                tasks.add(threads.submit(() -> decode(dataset, part, first, last, meter)));
            }
            for (Future<List<Object>> task : tasks) { // in the plan's order, whoever was faster
                for (Object result : task.get()) {
                    if (result instanceof Pixels pixels) {
                        decoded.add(pixels);
                    } else {
                        skipped.add((SkippedImage) result);
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
        PixelFile.write(Images.pixels(work.folder(dataset), part), decoded);
        return skipped;
    }

    /** Images {@code first} to {@code last} of the part: {@link Pixels}, or {@link SkippedImage} where broken. */
    private List<Object> decode(
            Artifact dataset, SplitPlan.Part part, int first, int last, ProgressReporter.Meter meter) {
        int resolution = run.parameters(PrepareParameters.class).resolution();
        List<Object> results = new ArrayList<>();
        for (int i = first; i < last; i++) {
            int place = part.places()[i];
            byte[] rgb = new byte[3 * resolution * resolution];
            try {
                images.read(place, rgb, resolution);
                results.add(new Pixels(place, rgb));
            } catch (BrokenImageException e) {
                results.add(new SkippedImage(dataset.id(), images.row(place).source(), String.valueOf(e.getMessage())));
            }
        }
        meter.add(last - first);
        return results;
    }

    private static long before(List<SplitPlan.Part> parts, int next) {
        return parts.subList(0, next).stream()
                .mapToLong(part -> part.places().length)
                .sum();
    }

    private void checkSkipped(List<SkippedImage> skipped) {
        if (skipped.size() > BROKEN_SHARE * images.plan().count()) {
            throw new UserException("%d of %d images are broken, more than %.0f %%; the first: %s (%s)"
                    .formatted(
                            skipped.size(),
                            images.plan().count(),
                            100 * BROKEN_SHARE,
                            skipped.get(0).source(),
                            skipped.get(0).reason()));
        }
    }
}
