package igpt.bench;

import igpt.config.Project;
import igpt.palette.ColourHistogram;
import igpt.palette.ColourTable;
import igpt.palette.KMeans;
import java.util.List;
import java.util.stream.IntStream;

/** From pixels in memory to tokens, on all processors. */
final class QuantizeBenchmark implements Benchmark {
    private static final int PIECE = 1 << 16; // pixels
    private static final int BYTES = 5; // a pixel: three read, a token written

    @Override
    public String name() {
        return "quantize";
    }

    @Override
    public String summary() {
        return "pixels to the numbers of their nearest colours";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var pixels = Pixels.of(parameters);
        var histogram = new ColourHistogram();
        histogram.add(pixels.rgb(), 0, pixels.count());
        var palette = KMeans.fit(histogram, parameters.colours(), 0);
        var shape = pixels.shape(palette.size());
        var filled = Samples.seconds(1, parameters.repeat(), () -> new ColourTable(palette));
        var table = new ColourTable(palette);
        var tokens = new short[pixels.count()];
        var seconds =
                Samples.seconds(1, parameters.repeat(), () -> IntStream.range(0, (tokens.length + PIECE - 1) / PIECE)
                        .parallel()
                        .forEach(piece -> {
                            int first = piece * PIECE;
                            int count = Math.min(PIECE, tokens.length - first);
                            table.quantize(pixels.rgb(), 3 * first, tokens, first, count);
                        }));
        return List.of(
                new Reading(name(), shape, "table", filled, "s"),
                new Reading(name(), shape, "pixels", seconds.rate(tokens.length / 1e6), "Mpixel/s"),
                new Reading(
                        name(), shape, "memory", seconds.rate(BYTES * tokens.length / 1e9), "GB/s", Ceiling.MEMORY));
    }
}
