package igpt.prepare;

import igpt.image.PixelFile;
import igpt.image.SplitPlan;
import igpt.schema.dataset.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Images that are in two splits, told by their decoded pixels: a model that is tested on what it has learnt by heart seems
 * better than it is. They are counted, not removed: which of them is out of place only the user knows.
 */
final class Copies {
    private final Function<SplitPlan.Part, Path> pixels;
    private final int resolution;
    private final List<SplitPlan.Part> parts;

    /** @param pixels where a part's decoded images lie */
    Copies(List<SplitPlan.Part> parts, Function<SplitPlan.Part, Path> pixels, int resolution) {
        this.parts = parts;
        this.pixels = pixels;
        this.resolution = resolution;
    }

    /** Images of validation and test that are also in a split before them; only what there is. */
    Map<String, Long> count() throws IOException {
        var train = sorted(Splits.TRAIN);
        var validation = sorted(Splits.VALIDATION);
        var test = sorted(Splits.TEST);
        var found = new LinkedHashMap<String, Long>();
        put(found, "validation images equal to a training image", common(validation, train));
        put(found, "test images equal to a training image", common(test, train));
        put(found, "test images equal to a validation image", common(test, validation));
        return found;
    }

    private static void put(Map<String, Long> found, String what, long count) {
        if (count > 0) {
            found.put(what, count);
        }
    }

    private static long common(long[] some, long[] sorted) {
        return Arrays.stream(some)
                .filter(image -> Arrays.binarySearch(sorted, image) >= 0)
                .count();
    }

    /** 64 bits tell a billion images apart but for once in forty times; memory does not hold their pixels. */
    private long[] sorted(String split) throws IOException {
        var ofSplit = parts.stream().filter(part -> part.split().equals(split)).toList();
        var sums =
                new long[ofSplit.stream().mapToInt(part -> part.places().length).sum()];
        var count = new int[1];
        for (var part : ofSplit) {
            PixelFile.read(pixels.apply(part), resolution, (place, rgb) -> sums[count[0]++] = sum(rgb));
        }
        var found = Arrays.copyOf(sums, count[0]);
        Arrays.sort(found);
        return found;
    }

    /** Two checksums side by side, which processors compute as fast as memory is read. */
    private static long sum(byte[] rgb) {
        var one = new CRC32();
        one.update(rgb);
        var other = new CRC32C();
        other.update(rgb);
        return one.getValue() << 32 | other.getValue();
    }
}
