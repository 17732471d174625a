package igpt.probe;

import static igpt.probe.FeaturesRecipe.FEATURES;

import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.classifier.FeaturePart;
import igpt.schema.artifact.classifier.FeatureParts;
import igpt.schema.artifact.classifier.Probe;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import igpt.schema.parquet.FeatureTable;
import igpt.schema.parquet.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Features of one layer, or of several side by side, of some splits, one after the other, in memory. */
@Component
public final class FeatureRows {
    private final RunContext run;
    private final RunArtifacts artifacts;
    private final FeatureParts featureParts;

    public FeatureRows(RunContext run, RunArtifacts artifacts, FeatureParts featureParts) {
        this.run = run;
        this.artifacts = artifacts;
        this.featureParts = featureParts;
    }

    /** Features [count, width], row-major, and labels. */
    public record Rows(float[] values, int[] labels, int width) {
        public int count() {
            return labels.length;
        }

        /** The first {@code count} of them; the features are shared. */
        public Rows first(int count) {
            return new Rows(values, Arrays.copyOf(labels, count), width);
        }
    }

    /** What there are features of: the trained network's layers first, then the baselines'. */
    public List<ProbedLayers> layers() {
        return featureParts.layers(artifacts.get(FEATURES).id()).stream()
                .map(layer -> ProbedLayers.one(layer.network(), layer.layer()))
                .toList();
    }

    /** As many of the trained network's layers as the run concatenates. */
    public ProbedLayers around(int centre) {
        int last = layers().stream()
                .filter(layers -> layers.network().equals(ProbedLayers.TRAINED))
                .mapToInt(ProbedLayers::layer)
                .max()
                .orElseThrow();
        return ProbedLayers.around(centre, run.parameters(ProbeParameters.class).concat(), last);
    }

    /** What the probe was fitted to. */
    public ProbedLayers of(Probe probe) {
        return probe.network().equals(ProbedLayers.CONCAT)
                ? around(probe.layer())
                : ProbedLayers.one(probe.network(), probe.layer());
    }

    /** A split under each of its masks. */
    public MaskedRows masked(ProbedLayers layers, String split) throws IOException {
        int masks = 1
                + parts(layers, 0, split).stream()
                        .mapToInt(FeaturePart::mask)
                        .max()
                        .orElse(0);
        List<Rows> all = new ArrayList<>();
        for (int mask = 0; mask < masks; mask++) {
            all.add(of(layers, mask, split));
        }
        return new MaskedRows(all, run.parameters(ProbeParameters.class).seed());
    }

    /**
     * Each image once: where it is masked, under its first mask.
     *
     * @throws CorruptFileException if a file is not what was written
     */
    public Rows of(ProbedLayers layers, String... splits) throws IOException {
        return of(layers, 0, splits);
    }

    private Rows of(ProbedLayers layers, int mask, String... splits) throws IOException {
        Rows rows = null;
        for (int place = 0; place < layers.layers().size(); place++) {
            List<FeaturePart> parts = parts(layers, place, splits).stream()
                    .filter(part -> part.mask() == mask)
                    .toList();
            if (rows == null) {
                rows = empty(parts, layers.layers().size());
            }
            int at = 0;
            for (FeaturePart part : parts) {
                Features block = read(part);
                for (int i = 0; i < block.labels().length; i++, at++) {
                    int to = at * rows.width + place * block.width();
                    System.arraycopy(block.values(), i * block.width(), rows.values, to, block.width());
                    rows.labels[at] = block.labels()[i];
                }
            }
        }
        return Objects.requireNonNull(rows);
    }

    private List<FeaturePart> parts(ProbedLayers layers, int place, String... splits) {
        int layer = layers.layers().get(place);
        return Arrays.stream(splits)
                .flatMap(split ->
                        featureParts.of(artifacts.get(FEATURES).id(), layers.featuresOf(), layer, split).stream())
                .toList();
    }

    private static Rows empty(List<FeaturePart> parts, int layers) {
        int count = Math.toIntExact(parts.stream().mapToLong(FeaturePart::rows).sum());
        int width = parts.isEmpty() ? 0 : layers * parts.get(0).width(); // all layers are as wide
        return new Rows(new float[Math.multiplyExact(count, width)], new int[count], width);
    }

    private Features read(FeaturePart part) throws IOException {
        Path file = artifacts.resolve(part.path());
        Checksums.verify(file, part.sha256());
        return FeatureTable.read(file);
    }
}
