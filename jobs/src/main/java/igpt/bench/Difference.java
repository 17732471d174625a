package igpt.bench;

import igpt.palette.ColourHistogram;
import igpt.palette.ColourTable;
import igpt.palette.KMeans;
import java.util.List;

/**
 * How far pixels are from the exact ones.
 *
 * @param mean absolute difference of a channel, of 255
 * @param tokens that another decoding changes, as a share; with the palette of the exact pixels
 */
record Difference(double mean, double tokens) {

    /** @param exact images of R, G, B a pixel, and {@code others} the same images */
    static Difference between(List<byte[]> exact, List<byte[]> others, int colours) {
        var histogram = new ColourHistogram();
        exact.forEach(rgb -> histogram.add(rgb, 0, rgb.length / 3));
        var table = new ColourTable(KMeans.fit(histogram, colours, 0));
        long sum = 0;
        long changed = 0;
        long channels = 0;
        for (int image = 0; image < exact.size(); image++) {
            var a = exact.get(image);
            var b = others.get(image);
            var tokensOfA = tokens(table, a);
            var tokensOfB = tokens(table, b);
            channels += a.length;
            for (int i = 0; i < a.length; i++) {
                sum += Math.abs((a[i] & 255) - (b[i] & 255));
            }
            for (int i = 0; i < tokensOfA.length; i++) {
                changed += tokensOfA[i] == tokensOfB[i] ? 0 : 1;
            }
        }
        return new Difference((double) sum / channels, 3.0 * changed / channels);
    }

    private static short[] tokens(ColourTable table, byte[] rgb) {
        var tokens = new short[rgb.length / 3];
        table.quantize(rgb, 0, tokens, 0, tokens.length);
        return tokens;
    }
}
