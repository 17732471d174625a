package igpt.probe;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.probe.FeatureExtractor.OpenView;
import igpt.recipe.DatasetRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.FeaturePart;
import igpt.schema.artifact.classifier.FeatureParts;
import igpt.schema.artifact.classifier.FeatureSet;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.schema.file.Checksums;
import igpt.schema.parquet.FeatureTable;
import igpt.schema.parquet.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The features of one block of images at each call: all layers from one forward pass, a file a layer. */
@Component
public record FeaturesStep(
        RunContext run,
        RunArtifacts artifacts,
        DatasetRows rows,
        Datasets datasets,
        FeatureParts featureParts,
        FeatureExtractor extractor,
        ProgressReporter progress,
        TransactionOperations atOnce,
        StepResource<Blocks> blocks,
        StepResource<OpenView> network)
        implements RunStep {
    public static final StepDescription FEATURES =
            new StepDescription(FeaturesStep.class, "features", "the mean activation at every layer, of every image");

    private static final int BLOCK = 2048; // images

    /** Rows {@code from} to {@code to} of a split, as one network sees them under one of their masks. */
    record Block(String network, String split, int part, int mask, int from, int to) {
        String file(int layer) {
            String masked = mask == 0 ? "" : "-mask-%02d".formatted(mask);
            return "%s/layer-%02d/%s-%05d%s.parquet".formatted(network, layer, split, part, masked);
        }
    }

    /**
     * What there is to do.
     *
     * @param left the next first; those done are taken out
     * @param total images of all blocks
     */
    record Blocks(List<Block> left, long total) {
        long done() {
            return total - images(left);
        }
    }

    @Override
    public boolean mends() {
        return true;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact features =
                artifacts.begin(FeaturesRecipe.FEATURES, artifacts.get(MODEL).name());
        Blocks all = blocks.get(() -> begin(features));
        List<Block> left = all.left();
        if (!left.isEmpty()) {
            long done = all.done();
            Block block = left.remove(0);
            featureParts.add(extract(features, block, done, all.total()));
            contribution.incrementWriteCount(block.to() - block.from());
        }
        if (left.isEmpty()) {
            artifacts.complete(features);
        }
        return RepeatStatus.continueIf(!left.isEmpty());
    }

    private Blocks begin(Artifact features) throws IOException {
        datasets.labelled(artifacts.get(DATASET));
        datasets.validated(artifacts.get(DATASET), "choose the classifier on");
        checkSize();
        FeatureSet set = extractor.describe(features);
        atOnce.executeWithoutResult(now -> featureParts.describe(set));
        List<Block> all = all();
        List<Block> left = new ArrayList<>();
        for (Block block : all) {
            if (!isWhole(features, block)) {
                left.add(block);
            }
        }
        if (artifacts.isDone(features) && !left.isEmpty()) {
            progress.say(
                    "features %s: made again: %s".formatted(features.name(), Counts.of(left.size(), "damaged block")));
        }
        return new Blocks(left, images(all));
    }

    private List<Block> all() throws IOException {
        ProbeParameters parameters = run.parameters(ProbeParameters.class);
        List<Block> all = new ArrayList<>();
        for (String network : extractor.networks(parameters)) {
            for (String split : Splits.ALL) {
                int limit = split.equals(Splits.TRAIN) ? parameters.fitImages() : 0;
                int to = rows.of(artifacts.get(DATASET), split).count(limit);
                for (int mask = 0; mask < extractor.masks(network, split); mask++) {
                    for (int from = 0; from < to; from += BLOCK) {
                        all.add(new Block(network, split, from / BLOCK, mask, from, Math.min(to, from + BLOCK)));
                    }
                }
            }
        }
        return all;
    }

    /** A classifier is fitted to all rows at once, in one array: better said before days of work than after. */
    private void checkSize() throws IOException {
        ProbeParameters parameters = run.parameters(ProbeParameters.class);
        long fitted = rows.of(artifacts.get(DATASET), Splits.TRAIN).count(parameters.fitImages());
        long held = rows.of(artifacts.get(DATASET), Splits.VALIDATION).count();
        int widest = extractor.widest(parameters);
        long most = Integer.MAX_VALUE / widest;
        if (fitted + held > most) {
            throw new UserException(
                    "a classifier of %,d images by %,d features each does not fit into one array of %,d; give fit_images=%d, or fewer features (concat, pixels=false)"
                            .formatted(fitted + held, widest, Integer.MAX_VALUE, Math.max(1, most - held)));
        }
    }

    private static long images(List<Block> blocks) {
        return blocks.stream().mapToLong(block -> block.to() - block.from()).sum();
    }

    /** Whether its files are all there, as they were written. */
    private boolean isWhole(Artifact features, Block block) throws IOException {
        for (int layer : extractor.layers(block.network())) {
            FeaturePart part = featureParts.of(features.id(), block.network(), layer, block.split()).stream()
                    .filter(row -> row.part() == block.part() && row.mask() == block.mask())
                    .findFirst()
                    .orElse(null);
            if (part == null || !Checksums.matches(artifacts.resolve(part.path()), part.sha256())) {
                return false;
            }
        }
        return true;
    }

    private List<FeaturePart> extract(Artifact features, Block block, long done, long total) throws Exception {
        DatasetRows.Rows all = rows.of(artifacts.get(DATASET), block.split());
        List<Integer> layers = extractor.layers(block.network());
        float[][] values = new float[layers.size()][];
        try (ProgressReporter.Meter meter = progress.begin("features", done, total, "images")) {
            meter.detail(block.network());
            extractor.features(
                    network, block.network(), all.tokens(), block.from(), block.to(), block.mask(), values, meter);
        }
        long[] ids = Arrays.copyOfRange(all.ids(), block.from(), block.to());
        int[] labels = Arrays.copyOfRange(all.labels(), block.from(), block.to());
        List<FeaturePart> parts = new ArrayList<>();
        for (int layer = 0; layer < values.length; layer++) {
            Path file = artifacts.folder(features).resolve(block.file(layer));
            int width = values[layer].length / ids.length;
            Map<String, String> footer = Map.of("igpt.network", block.network(), "igpt.layer", String.valueOf(layer));
            Written written = FeatureTable.write(file, footer, ids, labels, values[layer], width);
            parts.add(new FeaturePart(
                    features.id(),
                    block.network(),
                    layer,
                    block.split(),
                    block.part(),
                    artifacts.relative(file),
                    written.rows(),
                    width,
                    written.sha256(),
                    block.mask()));
        }
        return parts;
    }
}
