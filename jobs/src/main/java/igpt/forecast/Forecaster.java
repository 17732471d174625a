package igpt.forecast;

import static igpt.finetune.ClassifierRecipe.CLASSIFIER;
import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.probe.FeaturesRecipe.FEATURES;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.bench.TrainingPace;
import igpt.config.Project;
import igpt.device.MemoryNeeds;
import igpt.image.SplitPlan;
import igpt.model.Weights;
import igpt.prepare.PrepareParameters;
import igpt.pretrain.PretrainParameters;
import igpt.probe.ProbeParameters;
import igpt.recipe.Input;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.runtime.ThreadPools;
import igpt.schema.Reason;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.dataset.Datasets;
import igpt.schema.run.PastRuns;
import igpt.schema.run.PastRuns.Took;
import igpt.schema.run.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Foretells a run from those that the history has: of the same training on the same machine how long an iteration took,
 * of a run that differs in nothing that takes time how long the rest did.
 *
 * @param training what the training in it takes
 * @param trial of a run that trains nothing: its main work
 * @param launching names of steps whose own runs train, which is not in {@code training}
 * @param finished what other runs have made already
 * @param done names of steps with nothing left to do
 * @param run its number; 0 for a new one
 */
public record Forecaster(
        String job,
        Function<RunContext, Optional<TrainingShape>> training,
        Function<RunContext, Optional<Trial>> trial,
        List<String> launching,
        StoredParameters wanted,
        RuntimeSettings runtime,
        Project project,
        RunStore store,
        JdbcClient jdbc,
        Map<Kind, Artifact> finished,
        Set<String> done,
        long run) {
    /** Bytes of a weight, and of its two moments. */
    private static final long CHECKPOINT = 3 * 4;

    private static final int FLOAT = 4;

    /**
     * What is trained.
     *
     * @param pace in words
     */
    private record Training(OptionalDouble seconds, String pace, OptionalLong memory, long available) {
        static final Training NONE = new Training(OptionalDouble.empty(), "", OptionalLong.empty(), 0);
    }

    /**
     * What is not training.
     *
     * @param like how it is known
     */
    private record Rest(OptionalDouble seconds, String like) {
        static final Rest UNKNOWN = new Rest(OptionalDouble.empty(), "");
    }

    /** @param thorough whether to try a few iterations where the history has none, and to count the images */
    public Forecast make(boolean thorough) {
        var context = wanted.context(job, run, 0, project, runtime);
        var shape = training.apply(context);
        var training = shape.filter(any -> trains())
                .map(given -> training(given, context, thorough))
                .orElse(Training.NONE);
        var leftOut = new HashSet<>(done);
        if (trains()) {
            shape.map(TrainingShape::step).ifPresent(leftOut::add);
        }
        var without = done.isEmpty() ? "" : ", without what is done already (" + String.join(", ", done) + ")";
        var rest = pastRest(leftOut)
                .map(past -> new Rest(OptionalDouble.of(past.seconds()), "as in run " + past.run() + without))
                .or(() -> thorough && done.isEmpty() ? trial.apply(context).map(this::tried) : Optional.empty())
                .orElse(Rest.UNKNOWN);
        return new Forecast(
                training.seconds(),
                training.pace(),
                rest.seconds(),
                rest.like(),
                launching.stream().filter(step -> !done.contains(step)).toList(),
                training.memory(),
                training.available(),
                disk(context, shape, thorough),
                room());
    }

    private boolean trains() {
        return !finished.containsKey(MODEL.kind()) && !finished.containsKey(CLASSIFIER.kind());
    }

    private Training training(TrainingShape shape, RunContext context, boolean measure) {
        var device = context.device();
        int part = Math.max(1, shape.part() / device.replicas());
        long memory = MemoryNeeds.ofTraining(shape.config(), part, shape.recompute(), shape.precision())
                .total();
        long available = MemoryNeeds.available(device);
        var seconds = OptionalDouble.empty();
        var pace = "training: not known, there was none like it";
        var past = pastPace(shape, device.name());
        if (past.isPresent()) {
            seconds = OptionalDouble.of(past.get().seconds());
            pace = "%s an iteration, as in run %d"
                    .formatted(words(past.get().seconds()), past.get().run());
        } else if (measure && memory <= available) {
            seconds = OptionalDouble.of(measured(shape, context));
            pace = "%s an iteration, measured just now".formatted(words(seconds.getAsDouble()));
        }
        if (shape.times() > 1 && seconds.isPresent()) {
            pace += ", at each of %d rates".formatted(shape.times());
        }
        var all = seconds.isPresent() ? OptionalDouble.of(seconds.getAsDouble() * left(shape)) : seconds;
        return new Training(all, pace, OptionalLong.of(memory), available);
    }

    /** Iterations that are still to be made. */
    private long left(TrainingShape shape) {
        long made = run == 0
                ? 0
                : new Artifacts(jdbc)
                        .ofRun(run).stream()
                                .filter(artifact -> artifact.kind().equals(MODEL.kind())
                                        || artifact.kind().equals(CLASSIFIER.kind()))
                                .flatMap(artifact -> new Checkpoints(jdbc).newest(artifact.id()).stream())
                                .mapToLong(checkpoint -> checkpoint.iteration())
                                .max()
                                .orElse(0);
        return Math.max(0, shape.iterations() * shape.times() - made);
    }

    /** The newest training of the same network in the same batches, on the same kind of processor or device. */
    private Optional<Took> pastPace(TrainingShape shape, String device) {
        var config = shape.config();
        return new PastRuns(jdbc)
                .iteration(new PastRuns.Training(
                        shape.step(),
                        config.layers(),
                        config.width(),
                        config.heads(),
                        config.positions(),
                        config.colours(),
                        config.objective().name().toLowerCase(Locale.ROOT),
                        device,
                        runtime.processor(),
                        runtime.threads(),
                        ForecastSettings.ofTraining(wanted.parameters())));
    }

    private double measured(TrainingShape shape, RunContext context) {
        ThreadPools.settle(runtime);
        try {
            return TrainingPace.measure(
                    shape.config(),
                    shape.batch(),
                    shape.part(),
                    shape.recompute(),
                    shape.precision(),
                    context.device());
        } catch (IOException e) {
            throw new UserException("the training cannot be tried: " + Reason.of(e), e);
        }
    }

    private Rest tried(Trial work) {
        ThreadPools.settle(runtime);
        try {
            var took = work.clock().measure();
            return new Rest(
                    OptionalDouble.of(took.once() + work.pieces() * took.each()),
                    "%s for %s, measured just now".formatted(words(took.each()), work.piece()));
        } catch (IOException e) {
            throw new UserException("the work cannot be tried: " + Reason.of(e), e);
        }
    }

    /** The other steps of the newest complete run that is like this one; none of those that are done already. */
    private Optional<Took> pastRest(Set<String> leftOut) {
        var like = ForecastSettings.withoutFree(wanted);
        var history = new PastRuns(jdbc);
        for (long past : history.latest(job)) {
            var last = store.run(past).flatMap(store::lastAttempt);
            if (last.isEmpty()
                    || !ForecastSettings.withoutFree(last.get().getJobParameters())
                            .equals(like)) continue;
            return Optional.of(new Took(history.seconds(past, leftOut), past));
        }
        return Optional.empty();
    }

    /** Tokens and decoded pixels, checkpoints, features; what is small next to them is left out. */
    private OptionalLong disk(RunContext context, Optional<TrainingShape> shape, boolean count) {
        var parameters = wanted.parameters();
        long bytes = 0;
        long images;
        long positions;
        long pixels;
        var given = context.inputs().find(Input.Dataset.class);
        if (given.isPresent()) {
            var artifact = new Artifacts(jdbc)
                    .find(DATASET.kind(), given.get().dataset())
                    .orElseThrow();
            var dataset = new Datasets(jdbc).get(artifact.id());
            images = dataset.trainRows() + dataset.validationRows() + dataset.testRows();
            positions = Tokenizers.grid(dataset).positions();
            pixels = (long) dataset.resolution() * dataset.resolution();
        } else if (parameters.has("resolution")) {
            var prepare = context.parameters(PrepareParameters.class);
            images = count ? images(prepare) : 0;
            positions = prepare.grid().positions();
            pixels = (long) prepare.resolution() * prepare.resolution();
            if (!finished.containsKey(DATASET.kind())) {
                bytes += images * (2 * positions + 3 * pixels); // pixels meanwhile
            }
        } else {
            return OptionalLong.empty();
        }
        if (shape.isPresent() && trains()) {
            long kept = 2; // the newest, and the best
            if (parameters.has("keep")) {
                var pretrain = context.parameters(PretrainParameters.class);
                kept += pretrain.keep()
                        + pretrain.milestoneIterations().iterations().size();
            }
            bytes += kept
                    * CHECKPOINT
                    * Weights.count(shape.get().config())
                    * shape.get().times();
        }
        if (parameters.has("fit_images") && !finished.containsKey(FEATURES.kind())) {
            var probe = context.parameters(ProbeParameters.class);
            var config = shape.map(TrainingShape::config).orElseGet(() -> TrainingShape.model(context, jdbc));
            long layers = (config.layers() + 1L) * config.width() * (probe.untrained() ? 2 : 1);
            bytes += images * FLOAT * (layers + (probe.pixels() ? 3 * pixels : 0));
        }
        return OptionalLong.of(bytes);
    }

    private static long images(PrepareParameters p) {
        try (var source = p.openSource()) {
            return SplitPlan.of(source.images(), p.validation(), p.images(), p.variants(), p.partRows(), p.seed())
                    .count();
        } catch (IOException e) {
            throw new UserException("cannot read " + p.data() + ": " + Reason.of(e), e);
        }
    }

    private long room() {
        Path folder = project.runs();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String words(double seconds) {
        return seconds < 1 ? "%.0f ms".formatted(1e3 * seconds) : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
