package igpt.predict;

import static igpt.predict.EmbeddingRecipe.EMBEDDING;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.recipe.Input;
import igpt.recipe.LayerChoice;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.parquet.EmbeddingTable;
import igpt.schema.parquet.EmbeddingTable.Row;
import igpt.schema.prediction.Embedding;
import igpt.schema.prediction.EmbeddingPart;
import igpt.schema.prediction.Embeddings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The features of one part's images at each call: of all layers asked for, from one forward pass. */
@Component
public record EmbedStep(
        RunContext run,
        RunArtifacts artifacts,
        Showing showing,
        Embeddings embeddings,
        ProgressReporter progress,
        TransactionOperations atOnce,
        StepResource<Opened> opened)
        implements RunStep {
    public static final StepDescription EMBED = new StepDescription(
            EmbedStep.class, "embed", "each image becomes the mean activation at the layers asked for; Parquet parts");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        if (artifacts.find(EMBEDDING).filter(artifacts::isDone).isPresent()) {
            return RepeatStatus.FINISHED;
        }
        var p = run.parameters(EmbedParameters.class);
        var open = opened.get(this::open);
        var artifact = artifacts.begin(EMBEDDING, Showing.name(open.images()));
        var there = embeddings.parts(artifact.id());
        int count = open.images().count();
        int next = Showing.next(
                count, p.partRows(), there.stream().map(EmbeddingPart::part).collect(Collectors.toSet()));
        if (there.isEmpty()) {
            describe(artifact, open);
        }
        if (next < Showing.parts(count, p.partRows())) {
            int from = next * p.partRows();
            int to = Math.min(count, from + p.partRows());
            contribution.incrementWriteCount(embed(artifact, open, next, from, to));
            showing.report().sayWarnings(open.images().takeWarnings());
            return RepeatStatus.CONTINUABLE;
        }
        long images = there.stream().mapToLong(EmbeddingPart::images).sum();
        var skipped = showing.end(artifact, images);
        artifacts.complete(artifact);
        progress.say("embedding %s: %s, layer %s of %s%s: %s"
                .formatted(
                        artifact.name(),
                        Counts.of(images, "image"),
                        words(layers(open)),
                        artifacts.get(MODEL).name(),
                        skipped,
                        artifacts.folder(artifact)));
        return RepeatStatus.FINISHED;
    }

    private Opened open() throws IOException {
        var p = run.parameters(EmbedParameters.class);
        var checkpoint = run.inputs().get(Input.Checkpoint.class);
        var model = showing.finder().ofModel(artifacts.get(MODEL), checkpoint.iteration(), p.seed());
        return showing.open(model, p.data(), p.split(), p.featureBatch(), p.precision());
    }

    private List<Integer> layers(Opened open) {
        return LayerChoice.of(
                run.parameters(EmbedParameters.class).layer(),
                open.model().config().layers(),
                () -> showing.finder().probe(probe(), -1).layer());
    }

    private Artifact probe() {
        return artifacts.get(run.inputs().get(Input.Probe.class).artifact().orElseThrow());
    }

    private static String words(List<Integer> layers) {
        return layers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private String tap() {
        return run.parameters(EmbedParameters.class).tap().name().toLowerCase(Locale.ROOT);
    }

    private void describe(Artifact artifact, Opened open) {
        var embedding = new Embedding(
                artifact.id(),
                artifacts.get(MODEL).id(),
                run.inputs().get(Input.Checkpoint.class).iteration(),
                open.images().source(),
                words(layers(open)),
                tap());
        atOnce.executeWithoutResult(now -> embeddings.put(embedding));
        showing.report().begin(artifact, open.images().leftOut());
    }

    /** The images that were embedded. */
    private int embed(Artifact artifact, Opened open, int part, int from, int to) throws Exception {
        var layers = layers(open);
        ShownImages.Block block;
        float[][] features;
        try (var meter = progress.begin("embed", from, open.images().count(), "images")) {
            block = open.images().read(from, to, open.predictor());
            meter.add(block.broken().size());
            var shown = block.images().stream().map(ShownImages.Image::shown).toList();
            features = open.predictor().features(shown, ModelFinder.tap(tap()), 0, images -> {
                meter.add(images);
                run.checkStop();
            });
        }
        int width = open.model().config().width();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < block.images().size(); i++) {
            var image = block.images().get(i);
            float[][] ofImage = new float[layers.size()][width];
            for (int layer = 0; layer < ofImage.length; layer++) {
                System.arraycopy(features[layers.get(layer)], i * width, ofImage[layer], 0, width);
            }
            rows.add(new Row(image.shown().row(), image.file(), image.label(), ofImage));
        }
        var file = artifacts.folder(artifact).resolve("part-%05d.parquet".formatted(part));
        var footer = Map.of("igpt.model", artifacts.get(MODEL).fingerprint(), "igpt.tap", tap());
        var written = EmbeddingTable.write(file, footer, layers, rows);
        embeddings.add(new EmbeddingPart(
                artifact.id(), part, artifacts.relative(file), written.rows(), rows.size(), written.sha256()));
        showing.report().skip(artifact, block.broken());
        return rows.size();
    }
}
