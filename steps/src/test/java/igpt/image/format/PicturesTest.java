package igpt.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each kind of picture as Pillow reads it; pictures.py drew them. */
class PicturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/igpt/image/format/pictures");

    private static ImageSource source;

    @BeforeAll
    static void open() {
        source = Formats.open(FOLDER.toString(), SourceOptions.DEFAULT);
    }

    @AfterAll
    static void close() throws Exception {
        source.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "pictures.csv", numLinesToSkip = 1)
    void aPictureIsReadAsPillowReadsIt(String file, String pixels) throws Exception {
        var expected = HexFormat.of().parseHex(pixels);
        int side = (int) Math.sqrt(expected.length / 3);
        var rgb = new byte[expected.length];

        source.read(new ImageRef(0, Split.TRAIN, -1, file), rgb, side);

        int most = 0;
        for (int i = 0; i < rgb.length; i++) {
            most = Math.max(most, Math.abs((rgb[i] & 0xff) - (expected[i] & 0xff)));
        }
        assertThat(most).isLessThanOrEqualTo(0);
    }
}
