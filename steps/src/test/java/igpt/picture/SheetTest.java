package igpt.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetTest {
    private static final int WHITE = 0xFFFFFFFF;
    private static final int RED = 0xFFFF0000;
    private static final int GREEN = 0xFF00FF00;
    private static final int BLUE = 0xFF0000FF;

    /** Two rows: red and green; blue and red. */
    private static BufferedImage four() {
        byte on = (byte) 255;
        return Pictures.of(new byte[] {on, 0, 0, 0, on, 0, 0, 0, on, on, 0, 0}, 2, 2);
    }

    @Test
    void aPixelBecomesASquare() {
        var enlarged = Pictures.enlarged(four(), 3);
        assertThat(enlarged.getWidth()).isEqualTo(6);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                assertThat(enlarged.getRGB(x, y)).isEqualTo(four().getRGB(x / 3, y / 3));
            }
        }
    }

    @Test
    void picturesStandInRowsWithAGapAroundEach() {
        var sheet = Sheet.enlargedBy(2).rows(List.of(four(), four(), four()), 2).draw();
        assertThat(List.of(sheet.getWidth(), sheet.getHeight())).containsExactly(20, 20); // 2 · 4 + 3 · 4
        assertThat(sheet.getRGB(3, 3)).isEqualTo(WHITE);
        assertThat(sheet.getRGB(4, 4)).isEqualTo(RED); // the first picture's corner
        assertThat(sheet.getRGB(15, 4)).isEqualTo(GREEN); // the right end of the second
        assertThat(sheet.getRGB(4, 15)).isEqualTo(BLUE); // the bottom of the third
        assertThat(sheet.getRGB(14, 14)).as("no fourth").isEqualTo(WHITE);
    }

    @Test
    void whatIsNotGivenIsShaded() {
        var shaded = Pictures.shadedFrom(four(), 1);
        assertThat(shaded.getRGB(0, 0)).isEqualTo(RED);
        assertThat(shaded.getRGB(1, 0)).isEqualTo(GREEN);
        assertThat(shaded.getRGB(0, 1)).isNotIn(RED, GREEN, BLUE).isNotEqualTo(shaded.getRGB(1, 1));
    }

    @Test
    void aPictureIsShownAt64To128PixelsASide() {
        for (int side : new int[] {4, 8, 14, 16, 28, 32, 48, 64, 96}) {
            var picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            int shown = Sheet.of(side).row(List.of(picture)).draw().getWidth() - 8;
            assertThat(shown).as("of %d", side).isBetween(64, 128);
            assertThat(shown % side).isZero();
        }
        var large = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        assertThat(Sheet.of(300).row(List.of(large)).draw().getWidth()).isEqualTo(308);
    }

    @Test
    void aFileHoldsThePixelsItWasGiven(@TempDir Path folder) throws Exception {
        Pictures.write(four(), folder.resolve("new/four.png"));
        var read = ImageIO.read(folder.resolve("new/four.png").toFile());
        assertThat(new int[] {read.getRGB(0, 0), read.getRGB(1, 0), read.getRGB(0, 1), read.getRGB(1, 1)})
                .containsExactly(RED, GREEN, BLUE, RED);
    }

    @Test
    void bytesAndSizeGoTogether() {
        assertThatThrownBy(() -> Pictures.of(new byte[11], 2, 2)).hasMessage("11 bytes for 2 x 2 pixels");
        assertThatThrownBy(() -> Sheet.of(8).draw()).hasMessage("a sheet without pictures");
    }
}
