package igpt.steps.run;

import igpt.schema.Checksums;
import igpt.schema.FeaturePart;
import igpt.schema.FeatureParts;
import igpt.schema.parquet.FeatureTable;
import igpt.schema.parquet.Features;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** One layer's features of some splits, one after the other, in memory. */
@Component
public final class FeatureRows {
    private final Work work;
    private final FeatureParts featureParts;

    public FeatureRows(Work work, FeatureParts featureParts) {
        this.work = work;
        this.featureParts = featureParts;
    }

    /** Features [count, width], row-major, and labels. */
    public record Rows(float[] values, int[] labels, int width) {
        public int count() {
            return labels.length;
        }
    }

    public Rows of(String network, int layer, String... splits) throws IOException {
        List<FeaturePart> parts = Arrays.stream(splits)
                .flatMap(split -> featureParts.of(work.features().id(), network, layer, split).stream())
                .toList();
        int count = Math.toIntExact(parts.stream().mapToLong(FeaturePart::rows).sum());
        int width = parts.isEmpty() ? 0 : parts.get(0).width();
        float[] values = new float[Math.multiplyExact(count, width)];
        int[] labels = new int[count];
        int at = 0;
        for (FeaturePart part : parts) {
            Features block = read(part);
            System.arraycopy(block.values(), 0, values, at * width, block.values().length);
            System.arraycopy(block.labels(), 0, labels, at, block.labels().length);
            at += block.labels().length;
        }
        return new Rows(values, labels, width);
    }

    private Features read(FeaturePart part) throws IOException {
        Path file = work.resolve(part.path());
        Checksums.verify(file, part.sha256());
        return FeatureTable.read(file);
    }
}
