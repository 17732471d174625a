package igpt.sample;

import static igpt.pretrain.ModelRecipe.MODEL;
import static igpt.sample.SampleRecipe.SAMPLES;

import igpt.device.MemoryNeeds;
import igpt.generate.ImageGenerator;
import igpt.generate.ImageGenerator.Drawn;
import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.recipe.Tokenizers;
import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.prediction.Samples;
import igpt.tokenizer.Grid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Draws a batch of images at each call; at the last, puts all of them side by side. */
@Component
public record DrawStep(
        RunContext run,
        RunArtifacts artifacts,
        Samples samples,
        PromptReader prompts,
        CheckpointFiles checkpoints,
        Networks networks,
        Tokenizers tokenizers,
        SampleFiles files,
        ProgressReporter progress,
        StepResource<OpenGenerator> generator,
        StepResource<Work> work)
        implements RunStep {
    public static final StepDescription DRAW =
            new StepDescription(DrawStep.class, "draw", "images drawn from the model: whole, or what is not given");

    /**
     * What there is to do.
     *
     * @param all that was asked for
     * @param left the next first; those done are taken out
     */
    record Work(List<Prompt> all, List<Prompt> left) {}

    /** The generator, and the network that it draws from. */
    record OpenGenerator(Network network, ImageGenerator generator) implements AutoCloseable {
        @Override
        public void close() {
            network.close();
        }
    }

    @Override
    public boolean mends() {
        return true;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact artifact = artifacts.begin(SAMPLES, artifacts.get(MODEL).name());
        Work todo = work.get(() -> begin(artifact));
        if (!todo.left().isEmpty()) {
            List<Prompt> batch = todo.left()
                    .subList(0, Math.min(todo.left().size(), parameters().sampleBatch()));
            contribution.incrementWriteCount(batch.size());
            files.write(artifact, batch, draw(batch, todo));
            batch.clear();
            return RepeatStatus.CONTINUABLE;
        }
        Map<Integer, int[]> tokens = files.tokens(artifact);
        files.mend(artifact, tokens);
        if (!files.isGridWhole(artifact)) {
            files.writeGrid(artifact, todo.all(), tokens);
        }
        artifacts.complete(artifact);
        boolean toldBefore = artifact.complete() && artifact.run() == run.number(); // it is looked at at every resume
        if (!toldBefore) {
            tell(artifact);
        }
        return RepeatStatus.FINISHED;
    }

    private SampleParameters parameters() {
        return run.parameters(SampleParameters.class);
    }

    private Work begin(Artifact artifact) throws IOException {
        List<Prompt> all = prompts.all(artifact);
        if (all.isEmpty()) {
            throw new UserException("there is nothing to draw: give samples=16, or complete=test");
        }
        Set<Integer> drawn = files.tokens(artifact).keySet();
        List<Prompt> left = new ArrayList<>(all);
        left.removeIf(prompt -> drawn.contains(prompt.place()));
        if (artifacts.isDone(artifact) && !left.isEmpty()) {
            progress.say(
                    "samples %s: drawn again: %s".formatted(artifact.name(), Counts.of(left.size(), "damaged image")));
        }
        return new Work(all, left);
    }

    private List<Drawn> draw(List<Prompt> batch, Work todo) throws Exception {
        Grid grid = tokenizers.of(artifacts.get(MODEL)).grid();
        ImageGenerator open = generator.get(this::open).generator();
        long done = (long) todo.all().size() - todo.left().size();
        long total = (long) todo.all().size() * grid.positions();
        try (ProgressReporter.Meter meter = progress.begin(DRAW.name(), done * grid.positions(), total, "pixels")) {
            return open.draw(
                    batch.stream()
                            .map(prompt -> prompt.forGenerator(grid.columns()))
                            .toList(),
                    () -> {
                        run.checkStop();
                        meter.add(batch.size());
                    });
        }
    }

    private OpenGenerator open() throws IOException {
        Artifact model = artifacts.get(MODEL);
        ModelConfig config = checkpoints.config(model);
        int batch = Decoder.sequences(parameters().sampleBatch());
        MemoryNeeds.checkDrawing(config, batch, run.device().sharing(batch));
        Network network = networks.open(config, batch, null);
        try {
            Decoder decoder = new Decoder(network, batch);
            checkpoints.restoreWeights(network, checkpoints.at(model, SampleRecipe.iteration(run)));
            return new OpenGenerator(
                    network,
                    new ImageGenerator(
                            network,
                            decoder,
                            parameters().sampler(),
                            parameters().seed()));
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private void tell(Artifact artifact) {
        progress.say("");
        for (Samples.Summary drawn : samples.summary(artifact.id())) {
            progress.say("%-12s %,7d %s   %.4f nats a pixel%s"
                    .formatted(
                            drawn.drawn(),
                            drawn.images(),
                            drawn.images() == 1 ? "image " : "images",
                            drawn.nats(),
                            drawn.standardError() == null ? "" : " ± %.4f".formatted(drawn.standardError())));
        }
        samples.file(artifact.id(), Samples.GRID)
                .ifPresent(grid -> progress.say("a picture of them: " + artifacts.resolve(grid.path())));
    }
}
