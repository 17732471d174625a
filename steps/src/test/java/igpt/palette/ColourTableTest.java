package igpt.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColourTableTest {

    static Palette randomPalette(Random random, int size) {
        var values = new float[3 * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return new Palette(values);
    }

    /** The definition, written out: squared distance to 127.5 (c + 1), the first of the least. */
    private static int bruteForce(float[] values, int r, int g, int b) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < values.length / 3; k++) {
            double dr = 127.5 * (values[3 * k] + 1.0) - r;
            double dg = 127.5 * (values[3 * k + 1] + 1.0) - g;
            double db = 127.5 * (values[3 * k + 2] + 1.0) - b;
            double distance = dr * dr + dg * dg + db * db;
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }

    private static void assertEqualsBruteForce(Palette palette, Random random, int colours) {
        var rgb = new byte[3 * colours];
        random.nextBytes(rgb);
        var tokens = new short[colours];
        new ColourTable(palette).quantize(rgb, 0, tokens, 0, colours);
        var values = palette.values();
        int wrong = 0;
        for (int i = 0; i < colours; i++) {
            int nearest = bruteForce(values, rgb[3 * i] & 255, rgb[3 * i + 1] & 255, rgb[3 * i + 2] & 255);
            wrong += tokens[i] == nearest ? 0 : 1;
        }
        assertThat(wrong).isZero();
    }

    @Test
    void itEqualsBruteForceOnAMillionRandomColours() {
        var random = new Random(1);
        assertEqualsBruteForce(randomPalette(random, 512), random, 1_000_000);
    }

    @Test
    void theLowestNumberWinsTies() {
        var random = new Random(2);
        var values = new float[3 * 54]; // a grid with every colour twice: ties everywhere
        for (int k = 0; k < 54; k++) {
            values[3 * k] = k % 27 / 9 - 1;
            values[3 * k + 1] = k % 9 / 3 - 1;
            values[3 * k + 2] = k % 3 - 1;
        }
        assertEqualsBruteForce(new Palette(values), random, 200_000);
        var whole = new Palette(new float[] {10 / 127.5f - 1, -1, -1, 0, 0, 0, 10 / 127.5f - 1, -1, -1});
        assertThat(new ColourTable(whole).nearest(10, 0, 0)).isZero();
    }

    @Test
    void onePaletteColourIsNearestToAll() {
        var table = new ColourTable(new Palette(new float[] {0, 0, 0}));
        assertThat(table.nearest(0, 0, 0)).isZero();
        assertThat(table.nearest(255, 255, 255)).isZero();
    }

    @Test
    void offsetsAreBytesInAndTokensOut() {
        var table = new ColourTable(new Palette(new float[] {-1, -1, -1, 1, 1, 1}));
        var tokens = new short[] {7, 7, 7};
        table.quantize(new byte[] {0, -1, -1, -1, 0, 0, 0}, 1, tokens, 1, 2);
        assertThat(tokens).containsExactly((short) 7, (short) 1, (short) 0);
    }
}
