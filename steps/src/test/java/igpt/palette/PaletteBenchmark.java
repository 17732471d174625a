package igpt.palette;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Beside kmeans_sklearn.py: seconds for the palette, its mean squared error a pixel, and pixels quantized a second.
 * Arguments: pixels.npy (uint8 [n, 3]) colours palette.npy (written).
 */
final class PaletteBenchmark {

    private PaletteBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        var file = Files.readAllBytes(Path.of(arguments[0]));
        int from = 10 + (file[8] & 255 | (file[9] & 255) << 8);
        int pixels = (file.length - from) / 3;
        int colours = Integer.parseInt(arguments[1]);
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            var histogram = new ColourHistogram();
            histogram.add(file, from, pixels);
            long counted = System.nanoTime();
            var palette = KMeans.fit(histogram, colours, 1);
            long fitted = System.nanoTime();
            var table = new ColourTable(palette);
            long filled = System.nanoTime();
            int piece = 1 << 16;
            int pieces = (pixels + piece - 1) / piece;
            var tokens = new short[pixels];
            long before = System.nanoTime();
            IntStream.range(0, pieces).parallel().forEach(p -> {
                int first = p * piece;
                table.quantize(file, from + 3 * first, tokens, first, Math.min(piece, pixels - first));
            });
            long end = System.nanoTime();
            System.out.printf(
                    "palette %.2f s (counting %.2f), table %.2f s, %.0f Mpixel/s, mean squared error a pixel %.4f%n",
                    (fitted - start) / 1e9,
                    (counted - start) / 1e9,
                    (filled - fitted) / 1e9,
                    pixels / ((end - before) / 1e3),
                    error(file, from, tokens, palette));
            palette.writeNpy(Path.of(arguments[2]));
        }
    }

    private static double error(byte[] rgb, int from, short[] tokens, Palette palette) {
        var centres = palette.centres();
        double sum = 0;
        for (int i = 0, at = from; i < tokens.length; i++, at += 3) {
            sum += centres.squaredDistance(tokens[i], rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255);
        }
        return sum / tokens.length;
    }
}
