package igpt.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaAverageTest {

    @ParameterizedTest
    @CsvSource({
        "500, 375, 32",
        "33, 32, 32",
        "32, 32, 32",
        "40, 50, 48",
        "1, 1, 4",
        "7, 9, 16",
        "31, 100, 32",
        "1, 300, 8",
        "128, 64, 64"
    })
    void eachPixelIsTheAverageOfItsAreaInTheCentreSquare(int width, int height, int r) {
        var rgb = new byte[3 * width * height];
        new Random(1).nextBytes(rgb);
        var out = new byte[3 * r * r];

        new AreaAverage(r).centreSquare(rgb, width, height, out);

        for (int y = 0; y < r; y++) {
            for (int x = 0; x < r; x++) {
                for (int c = 0; c < 3; c++) {
                    double expected = average(rgb, width, height, r, x, y, c);
                    double actual = out[3 * (y * r + x) + c] & 0xff;
                    assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(0.5 + 1e-7);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 375, 32", "333, 500, 48", "100, 64, 64", "40, 300, 16", "224, 224, 32"})
    void aRandomCropIsTheAverageOfItsAreaToo(int width, int height, int r) {
        var rgb = new byte[3 * width * height];
        new Random(2).nextBytes(rgb);
        var out = new byte[3 * r * r];
        for (int variant = 1; variant < 6; variant++) {
            var square = Crop.random(7, 11, variant).window(width, height);
            new AreaAverage(r).average(rgb, width, square, out);

            double left = (double) square.left() / square.unit();
            double top = (double) square.top() / square.unit();
            double side = (double) square.side() / square.unit();
            for (int y = 0; y < r; y++) {
                for (int x = 0; x < r; x++) {
                    double expected = average(rgb, width, height, left + x * side / r, top + y * side / r, side / r);
                    double actual = out[3 * (y * r + x)] & 0xff;
                    assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(0.5 + 1e-6);
                }
            }
        }
    }

    /** Of red over a square of the image. */
    private static double average(byte[] rgb, int width, int height, double left, double top, double side) {
        double sum = 0;
        for (int j = (int) top; j < Math.min(height, top + side); j++) {
            for (int i = (int) left; i < Math.min(width, left + side); i++) {
                double w = Math.min(i + 1, left + side) - Math.max(i, left);
                double h = Math.min(j + 1, top + side) - Math.max(j, top);
                sum += w * h * (rgb[3 * (j * width + i)] & 0xff);
            }
        }
        return sum / (side * side);
    }

    /** Brute force in floating point: each source pixel weighted by the area that it shares with the output pixel. */
    private static double average(byte[] rgb, int width, int height, int r, int x, int y, int c) {
        int s = Math.min(width, height);
        double scale = (double) s / r;
        double sum = 0;
        for (int j = (int) (y * scale); j < Math.min(s, (y + 1) * scale); j++) {
            for (int i = (int) (x * scale); i < Math.min(s, (x + 1) * scale); i++) {
                double w = Math.max(0, Math.min(i + 1, (x + 1) * scale) - Math.max(i, x * scale));
                double h = Math.max(0, Math.min(j + 1, (y + 1) * scale) - Math.max(j, y * scale));
                if (w * h > 0) {
                    int at = 3 * (((height - s) / 2 + j) * width + (width - s) / 2 + i) + c;
                    sum += w * h * (rgb[at] & 0xff);
                }
            }
        }
        return sum / (scale * scale);
    }
}
