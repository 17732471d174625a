package igpt.image.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageKindTest {
    @TempDir
    Path folder;

    private static @Nullable ImageKind of(String head, String name) {
        return ImageKind.of(head.getBytes(ISO_8859_1), name);
    }

    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF", "bmp, BMP", "tiff, TIFF"})
    void aFileIsWhatItHoldsWhateverItIsCalled(String format, ImageKind kind) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), format, bytes))
                .isTrue();
        for (var name : new String[] {"x.jpg", "x.png", "x.txt", "x"}) {
            var file = Files.write(folder.resolve(name), bytes.toByteArray());
            assertThat(ImageKind.of(file)).isEqualTo(kind);
        }
        assertThat(kind.isRead()).isTrue();
    }

    @Test
    void whatIsNotReadIsTold() {
        assertThat(of("RIFF\0\0\0\0WEBPVP8L", "x.jpg"))
                .isEqualTo(ImageKind.WEBP)
                .hasToString("WebP");
        assertThat(of("P6\n# drawn\n40 30 255\n", "x.ppm")).isEqualTo(ImageKind.PNM);
        assertThat(of("\0\0\0\034ftypheic\0\0\0\0mif1heic", "x.jpg")).isEqualTo(ImageKind.HEIC);
        assertThat(of("\0\0\0\034ftypmif1\0\0\0\0mif1heic", "x")).isEqualTo(ImageKind.HEIC);
        assertThat(of("\0\0\0\034ftypmif1\0\0\0\0mif1avif", "x")).isEqualTo(ImageKind.AVIF);
        assertThat(of("\0\0\0\034ftypavif\0\0\0\0mif1avif", "x")).isEqualTo(ImageKind.AVIF);
        assertThat(of("\0\0\0\030ftypcrx \0\0\0\001crx isom", "x")).isEqualTo(ImageKind.RAW);
        assertThat(of("\0\0\0\fJXL \r\n\u0087\n", "x")).isEqualTo(ImageKind.JXL);
        assertThat(of("\u00ff\nabc", "x")).isEqualTo(ImageKind.JXL);
        assertThat(of("\0\0\0\fjP  \r\n\u0087\n", "x")).isEqualTo(ImageKind.JPEG_2000);
        assertThat(of("8BPS\0\001", "x")).isEqualTo(ImageKind.PSD);
        assertThat(of("gimp xcf v011", "x")).isEqualTo(ImageKind.XCF);
        assertThat(of("<svg xmlns='http://www.w3.org/2000/svg'>", "x")).isEqualTo(ImageKind.SVG);
        assertThat(of("\u00ef\u00bb\u00bf<?xml version='1.0'?>\n<!-- by hand -->\n<svg>", "x"))
                .isEqualTo(ImageKind.SVG);
        assertThat(of("\0\0\1\0\1\0\020\020\0\0\1\0", "x")).isEqualTo(ImageKind.ICO);
        assertThat(of("v/1\1\2\0\0\0", "x")).isEqualTo(ImageKind.EXR);
        assertThat(of("#?RADIANCE\n", "x")).isEqualTo(ImageKind.HDR);
        assertThat(of("DDS |\0\0\0", "x")).isEqualTo(ImageKind.DDS);
        assertThat(of("qoif\0\0\0\1", "x")).isEqualTo(ImageKind.QOI);
        assertThat(ImageKind.HEIC.isRead()).isFalse();
    }

    @Test
    void aCamerasRawFileIsNoTiffThoughItBeginsAsOne() {
        assertThat(of("II*\0\020\0\0\0", "a/x.tif")).isEqualTo(ImageKind.TIFF);
        assertThat(of("MM\0*\0\0\0\b", "a/x.NEF")).isEqualTo(ImageKind.RAW);
        assertThat(of("II*\0\020\0\0\0CR\2\0", "a/x")).isEqualTo(ImageKind.RAW);
        assertThat(of("IIRO\b\0\0\0", "x")).isEqualTo(ImageKind.RAW);
        assertThat(of("IIU\0\030\0\0\0", "x")).isEqualTo(ImageKind.RAW);
        assertThat(of("FUJIFILMCCD-RAW 0201", "x")).isEqualTo(ImageKind.RAW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "BMW is a maker of cars, and this is a text",
                "P2P networks",
                "GIF",
                "RIFF\0\0\0\0WAVEfmt ",
                "\0\0\0\030ftypisom\0\0\2\0isomavc1",
                "\0\0\0\030ftyp",
                "<?xml version='1.0'?>\n<annotation>",
                "<!DOCTYPE html>\n<html><body>",
                "%PDF-1.7",
                "\0\0\0\0\0\0\0\0\0\0"
            })
    void whatIsNoPictureIsNone(String head) {
        assertThat(of(head, "x.jpg")).isNull();
    }

    @Test
    void anEndingTellsWhatAFileSaysItIs() {
        assertThat(ImageKind.named("a.b/x.JPeG")).isEqualTo(ImageKind.JPEG);
        assertThat(ImageKind.named("x.jfif")).isEqualTo(ImageKind.JPEG);
        assertThat(ImageKind.named("x.tif")).isEqualTo(ImageKind.TIFF);
        assertThat(ImageKind.named("x.heic")).isEqualTo(ImageKind.HEIC);
        assertThat(ImageKind.named("x.jpg.txt")).isNull();
        assertThat(ImageKind.named("jpg")).isNull();
        assertThat(ImageKind.named("")).isNull();
    }
}
