package igpt.bench;

import igpt.image.SourceOptions;
import igpt.image.format.Formats;

/**
 * Images as the steps after {@code decode} find them.
 *
 * @param count of pixels
 * @param rgb R, G, B of each
 */
record Pixels(int count, byte[] rgb) {

    static Pixels of(BenchParameters parameters) throws Exception {
        try (var source = Formats.open(parameters.data(), SourceOptions.DEFAULT)) {
            var images = source.images();
            int count = Math.min(images.size(), parameters.images());
            int size = parameters.imageSize();
            var rgb = new byte[Math.multiplyExact(count, 3 * size * size)];
            var one = new byte[3 * size * size];
            for (int i = 0; i < count; i++) {
                source.read(images.get(i), one, size);
                System.arraycopy(one, 0, rgb, i * one.length, one.length);
            }
            return new Pixels(rgb.length / 3, rgb);
        }
    }

    String shape(int colours) {
        return count + " pixels, " + colours + " colours";
    }
}
