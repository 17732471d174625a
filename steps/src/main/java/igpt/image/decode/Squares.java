package igpt.image.decode;

import java.awt.image.BufferedImage;

/** Pictures that are in memory already, as those in files are read: their centre squares, averaged down. */
public final class Squares {
    private Squares() {}

    /**
     * Red, green and blue of each pixel, row by row: 3 · resolution² bytes.
     *
     * @param background behind transparent pixels: 0xRRGGBB
     * @throws UnsupportedOperationException if its samples are neither grey, RGB nor CMYK
     */
    public static byte[] of(BufferedImage picture, int background, int resolution) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        var model = picture.getColorModel();
        var colours = Colours.of(model);
        byte[] rgb = new byte[3 * width * height];
        int[] samples = null;
        for (int y = 0; y < height; y++) {
            samples = picture.getRaster().getPixels(0, y, width, 1, samples);
            colours.write(samples, model, width, background, rgb, 3 * y * width);
        }
        byte[] square = new byte[3 * resolution * resolution];
        new AreaAverage(resolution).centreSquare(rgb, width, height, square);
        return square;
    }
}
