package igpt.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.palette.Palette;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaletteTokenizerTest {
    private static final int COLOURS = 512;
    private static final int RESOLUTION = 32;

    private final Palette palette = palette(new Random(4));
    private final Tokenizer tokenizer = new PaletteTokenizer(palette, RESOLUTION);

    /** So many different colours. */
    private static Palette palette(Random random) {
        int[] colours = random.ints(0, 1 << 24).distinct().limit(COLOURS).toArray();
        float[] values = new float[3 * COLOURS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((colours[i / 3] >> 8 * (i % 3) & 255) / 127.5 - 1);
        }
        return new Palette(values);
    }

    @Test
    void whatIsDecodedIsEncodedAsTheSameTokens() {
        int[] tokens = new int[tokenizer.grid().positions()];
        Arrays.setAll(tokens, i -> i * 7 % COLOURS); // each colour twice
        short[] again = tokenizer.encode(tokenizer.decode(tokens));
        assertThat(again).hasSize(RESOLUTION * RESOLUTION);
        for (int i = 0; i < tokens.length; i++) {
            assertThat((int) again[i]).isEqualTo(tokens[i]);
        }
    }

    @Test
    void aPictureKeepsItsPlaces() {
        int[] tokens = new int[tokenizer.grid().positions()];
        tokens[RESOLUTION + 2] = 5; // second row, third column
        byte[] rgb = tokenizer.decode(tokens);
        assertThat(Arrays.copyOfRange(rgb, 3 * (RESOLUTION + 2), 3 * (RESOLUTION + 3)))
                .isEqualTo(palette.rgb(5));
        assertThat(Arrays.copyOfRange(rgb, 3 * (RESOLUTION + 3), 3 * (RESOLUTION + 4)))
                .isEqualTo(palette.rgb(0));
    }

    @Test
    void asNumbersAPictureHasThePalettesOwnValues() {
        int[] tokens = new int[tokenizer.grid().positions()];
        Arrays.fill(tokens, COLOURS - 1);
        float[] values = new float[1 + 3 * tokens.length];
        tokenizer.decode(tokens, values, 1);
        assertThat(Arrays.copyOfRange(values, 1, 4))
                .isEqualTo(Arrays.copyOfRange(palette.values(), 3 * COLOURS - 3, 3 * COLOURS));
        assertThat(Arrays.copyOfRange(values, values.length - 3, values.length))
                .isEqualTo(Arrays.copyOfRange(values, 1, 4));
    }

    @Test
    void itsTokensAreThoseOfThePalette() {
        assertThat(tokenizer.size()).isEqualTo(COLOURS);
        assertThat(tokenizer.grid()).isEqualTo(new Grid(RESOLUTION, RESOLUTION));
    }
}
