package igpt.image.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.ImageKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be: one is passed over with its reason, or read all the same. */
class BadPicturesTest {
    private static final Path PICTURES = Path.of("src/test/resources/igpt/image/format/pictures");
    private static final int SOF = 0xc0; // marker of a baseline JPEG's frame header

    @TempDir
    Path folder;

    private static byte[] picture(String name) throws IOException {
        return Files.readAllBytes(PICTURES.resolve(name));
    }

    private byte[] read(byte[] file) throws Exception {
        Files.write(folder.resolve("x.jpg"), file);
        try (var source = Formats.open(folder.toString(), SourceOptions.DEFAULT)) {
            return read(source);
        }
    }

    private static byte[] read(ImageSource source) throws BrokenImageException {
        var rgb = new byte[3 * 36];
        source.read(new ImageRef(0, Split.TRAIN, -1, "x.jpg"), rgb, 6);
        return rgb;
    }

    private void refuses(byte[] file, String why) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BrokenImageException.class)
                .hasMessageStartingWith("x.jpg: ")
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }

    /** Where a JPEG's frame header is. */
    private static int frame(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != SOF) {
            at += 2 + (jpeg[at + 2] << 8 & 0xff00 | jpeg[at + 3] & 0xff);
        }
        return at;
    }

    private static byte[] with(byte[] file, int at, int... values) {
        var changed = file.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void zerosBetweenAJpegsPartsArePassedOver() throws Exception {
        var jpeg = picture("grey.jpg");
        var expected = read(jpeg);
        int second = 4 + (jpeg[4] << 8 & 0xff00 | jpeg[5] & 0xff); // after the first part

        for (int at : new int[] {2, second}) {
            var filled = joined(Arrays.copyOf(jpeg, at), new byte[7], Arrays.copyOfRange(jpeg, at, jpeg.length));
            assertThat(read(filled)).isEqualTo(expected);
        }
    }

    @Test
    void aJpegOfARareKindIsUnsupportedAndNotDamaged() throws Exception {
        var jpeg = picture("photo.jfif");
        int frame = frame(jpeg);

        refuses(with(jpeg, frame + 4, 12), "unsupported (12-bit JPEG)");
        refuses(with(jpeg, frame + 1, 0xc3), "unsupported (lossless JPEG)");
        refuses(with(jpeg, frame + 1, 0xc5), "unsupported (hierarchical JPEG)");
        refuses(with(jpeg, frame + 5, 0, 0), "unsupported (JPEG whose height");
        refuses(with(jpeg, frame + 9, 2), "unsupported (JPEG of 2 components)");
    }

    @Test
    void aKindThatIsNotReadIsCalledByItsName() {
        refuses("\0\0\0\034ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1), "unsupported (HEIC)");
        refuses("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8), "unsupported (SVG)");
        refuses("<html>404 Not found</html>".getBytes(StandardCharsets.UTF_8), "no picture");
        refuses(new byte[0], "an empty file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jfif",
                "progressive.jpg",
                "colour16.png",
                "colour.gif",
                "colour.bmp",
                "lzw.tiff",
                "cmyk.tiff",
                "lossy.webp",
                "lossless.webp",
                "moving.webp",
                "colour.ppm"
            })
    void halfAFileIsDamaged(String name) throws Exception {
        var file = picture(name);

        refuses(Arrays.copyOf(file, file.length / 2), "damaged");
    }

    /** Sizes that would take all memory are refused by the header, before room is made. */
    @ParameterizedTest
    @CsvSource({
        "photo.jfif, 60000 x 60000",
        "progressive.jpg, 60000 x 60000",
        "colour16.png, 100000 x 100000",
        "clear.png, 100000 x 100000",
        "colour.gif, 60000 x 60000",
        "colour.bmp, 10000 x 10000",
        "lzw.tiff, 100000 x 100000",
        "lossless.webp, 16384 x 16384",
        "lossy.webp, 16383 x 16383",
        "moving.webp, 16384 x 16384",
        "colour.ppm, 100000 x 100000"
    })
    void aHeaderThatPromisesTooMuchIsRefused(String name, String size) throws Exception {
        int side = Integer.parseInt(size.split(" ")[0]);

        refuses(enlarged(picture(name), side), "too large: " + size + " pixels");
    }

    private static byte[] enlarged(byte[] file, int side) {
        var big = ByteBuffer.wrap(file.clone());
        var little = big.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        switch (Objects.requireNonNull(ImageKind.of(file, ""))) {
            case JPEG -> {
                int at = 2;
                while ((file[at + 1] & 0xfd) != SOF) { // baseline or progressive
                    at += 2 + big.getShort(at + 2);
                }
                big.putShort(at + 5, (short) side).putShort(at + 7, (short) side);
            }
            case PNG -> {
                big.putInt(16, side).putInt(20, side);
                var sum = new CRC32();
                sum.update(big.array(), 12, 17);
                big.putInt(29, (int) sum.getValue());
            }
            case GIF -> little.putShort(6, (short) side).putShort(8, (short) side);
            case BMP -> little.putInt(2, 54 + 3 * side * side).putInt(18, side).putInt(22, side);
            case TIFF -> {
                int entry = little.getInt(4) + 2;
                for (; little.getShort(entry) < 256; entry += 12) {}
                little.putShort(entry + 2, (short) 4).putInt(entry + 8, side);
                little.putShort(entry + 14, (short) 4).putInt(entry + 20, side);
            }
            case WEBP -> {
                if (file[15] == 'L') {
                    little.putInt(21, side - 1 | (side - 1) << 14 | little.getInt(21) & 0xf0000000);
                } else if (file[15] == 'X') {
                    little.putInt(24, side - 1 | (side - 1) << 24).putShort(28, (short) (side - 1 >> 8));
                } else {
                    little.putShort(26, (short) side).putShort(28, (short) side);
                }
            }
            default -> {
                var header = ("P6\n" + side + " " + side + "\n255\n").getBytes(StandardCharsets.US_ASCII);
                return joined(header, Arrays.copyOfRange(file, 11, file.length));
            }
        }
        return big.array();
    }

    /** Each is read or refused, and takes neither the process nor its memory. */
    @Test
    void filesWithWrongBytesAreReadOrRefused() throws Exception {
        var random = new Random(1);
        var names = List.of(
                "turned6.webp",
                "turned8.tiff",
                "lzw.tiff",
                "jpeg.tiff",
                "cmyk.tiff",
                "palette.tiff",
                "pages.tiff",
                "moving.gif",
                "hole.gif",
                "placed.gif",
                "colour.bmp",
                "palette.png",
                "clear.png",
                "turned7.png",
                "turned6.jpg",
                "cmyk.jpg",
                "progressive.jpg",
                "clearlossy.webp",
                "movingclear.webp",
                "colour.ppm");
        int read = 0;
        int refused = 0;
        try (var decoded = Formats.open(wrongFiles(names, random), SourceOptions.DEFAULT)) {
            for (var image : decoded.images()) {
                try {
                    decoded.read(image, new byte[3 * 36], 6);
                    read++;
                } catch (BrokenImageException e) {
                    assertThat(e.getMessage()).hasLineCount(1);
                    refused++;
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private String wrongFiles(List<String> names, Random random) throws IOException {
        for (var name : names) {
            for (int i = 0; i < 60; i++) {
                var file = picture(name);
                for (int change = random.nextInt(4); change >= 0; change--) {
                    file[random.nextInt(file.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : -1);
                }
                Files.write(folder.resolve(name + i + ".jpg"), file);
            }
        }
        return folder.toString();
    }

    @Test
    void whatADecoderOnlyMindsIsToldWithTheFilesName() throws Exception {
        var jpeg = picture("photo.jfif");
        int end = jpeg.length - 2; // the last marker
        Files.write(
                folder.resolve("x.jpg"),
                joined(Arrays.copyOf(jpeg, end), new byte[9], Arrays.copyOfRange(jpeg, end, jpeg.length)));
        try (var source = Formats.open(folder.toString(), SourceOptions.DEFAULT)) {
            read(source);
            assertThat(source.takeWarnings())
                    .singleElement()
                    .asString()
                    .startsWith("x.jpg: Corrupt JPEG data: ")
                    .endsWith("extraneous bytes before marker 0xd9");
            assertThat(source.takeWarnings()).isEmpty();

            Files.write(folder.resolve("x.jpg"), jpeg);
            read(source);
            assertThat(source.takeWarnings()).isEmpty();
        }
    }
}
