package igpt.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaletteTest {

    @TempDir
    private Path folder;

    @Test
    void pixelsFollowTheReleasedFormula() {
        var palette = new Palette(new float[] {-1, 1, 0, 0.5f, -0.5f, 0.1f});
        assertThat(palette.rgb(0)).containsExactly(0, 255, 128); // rint(127.5) is even
        assertThat(palette.rgb(1)).containsExactly(191, 64, 140);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        var palette = ColourTableTest.randomPalette(new Random(3), 512);
        var file = folder.resolve("palette.npy");
        palette.writeNpy(file);
        assertThat(Palette.readNpy(file).values()).isEqualTo(palette.values());
    }

    @Test
    void theFileIsNumPysByteForByte() throws Exception {
        var numpy = Path.of(PaletteTest.class.getResource("palette.npy").toURI());
        var palette = Palette.readNpy(numpy);
        assertThat(palette.values()).containsExactly(-1, 0, 1, 0.25f, -0.1f, 0.7f);
        var own = folder.resolve("palette.npy");
        palette.writeNpy(own);
        assertThat(own).hasSameBinaryContentAs(numpy);
    }

    @Test
    void aFileThatIsNoPaletteIsRefusedWithItsNameAndTheReason() throws Exception {
        var file = folder.resolve("palette.npy");
        assertRefused(file, "cannot be read");
        Files.writeString(file, "hello");
        assertRefused(file, "does not begin");
        ColourTableTest.randomPalette(new Random(3), 16).writeNpy(file);
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertRefused(file, "cut off");
        Files.write(file, Arrays.copyOf(bytes, 60));
        assertRefused(file, "header");
        bytes[128 + 3] = 0x44; // a float of several hundred
        Files.write(file, bytes);
        assertRefused(file, "Colour 0 has the value");
        Files.writeString(
                file, "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f8', ", java.nio.charset.StandardCharsets.ISO_8859_1);
        assertRefused(file, "another type");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> Palette.readNpy(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }
}
