package igpt.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by hand, to the layout that the dataset's page describes. */
class Cifar10Test {
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @BeforeEach
    void writeBatches() throws IOException {
        for (int b = 0; b < 6; b++) {
            Files.write(folder.resolve(CifarBatches.NAMES.get(b)), batch(b));
        }
    }

    private static byte[] batch(int b) {
        var bytes = new byte[(3 + b) * RECORD];
        new Random(b).nextBytes(bytes);
        for (int i = 0; i < 3 + b; i++) {
            bytes[i * RECORD] = (byte) ((b + i) % 10);
        }
        return bytes;
    }

    private Path archive() throws IOException {
        var tar = new ByteArrayOutputStream();
        tar.write(header("cifar-10-batches-bin/", 0, '5'));
        for (int b = 5; b >= 0; b--) { // the official archive is in no order either
            var bytes = batch(b);
            tar.write(header("cifar-10-batches-bin/" + CifarBatches.NAMES.get(b), bytes.length, '0'));
            tar.write(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
        }
        tar.write(header("cifar-10-batches-bin/readme.html", 5, '0'));
        tar.write(Arrays.copyOf("<br/>".getBytes(StandardCharsets.UTF_8), 512));
        tar.write(new byte[1024]);
        var file = folder.resolve("cifar-10-binary.tar.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            tar.writeTo(out);
        }
        return file;
    }

    private static byte[] header(String name, int size, char type) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 124, String.format("%011o", size));
        header[156] = (byte) type;
        put(header, 257, "ustar");
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static ImageSource open(Path path) {
        return ImageSource.open(path.toString(), SourceOptions.DEFAULT);
    }

    @Test
    void pixelsAndLabelsAreThoseOfTheBatches() throws Exception {
        try (var source = open(folder)) {
            assertThat(source.name()).isEqualTo("cifar10");
            assertThat(source.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
            assertThat(source.images()).hasSize(3 + 4 + 5 + 6 + 7 + 8);
            assertThat(source.images().get(4)).isEqualTo(new ImageRef(4, Split.TRAIN, 2, "data_batch_2.bin#1"));
            assertThat(source.images().get(25)).isEqualTo(new ImageRef(25, Split.TEST, 5, "test_batch.bin#0"));
            var rgb = new byte[3 * 32 * 32];
            source.read(source.images().get(4), rgb, 32);
            var planes = Arrays.copyOfRange(batch(1), RECORD + 1, 2 * RECORD);
            for (int i = 0; i < 1024; i++) {
                assertThat(rgb[3 * i]).isEqualTo(planes[i]);
                assertThat(rgb[3 * i + 1]).isEqualTo(planes[1024 + i]);
                assertThat(rgb[3 * i + 2]).isEqualTo(planes[2048 + i]);
            }
        }
    }

    @Test
    void theArchiveHoldsTheSameImages() throws Exception {
        try (var unpacked = open(folder);
                var packed = open(archive())) {
            assertThat(packed.images()).isEqualTo(unpacked.images());
            var a = new byte[3 * 16 * 16];
            var b = new byte[3 * 16 * 16];
            for (var image : packed.images()) {
                packed.read(image, a, 16);
                unpacked.read(image, b, 16);
                assertThat(a).isEqualTo(b);
            }
        }
    }

    @Test
    void aSmallerSizeIsTheAverageOfBlocks() throws Exception {
        try (var source = open(folder)) {
            var full = new byte[3 * 32 * 32];
            var half = new byte[3 * 16 * 16];
            source.read(source.images().get(0), full, 32);
            source.read(source.images().get(0), half, 16);
            int sum = 0;
            for (int i : new int[] {0, 3, 96, 99}) {
                sum += full[i] & 0xff;
            }
            assertThat(half[0] & 0xff).isEqualTo((sum + 2) / 4);
        }
    }

    @Test
    void theFolderThatTheArchiveUnpacksToIsFoundInside() throws IOException {
        var inside = Files.createDirectories(folder.resolve("x/cifar-10-batches-bin"));
        for (var name : CifarBatches.NAMES) {
            Files.copy(folder.resolve(name), inside.resolve(name));
        }

        assertThat(open(folder.resolve("x")).images()).hasSize(33);
    }

    @Test
    void aTruncatedBatchIsRefused() throws IOException {
        Files.write(folder.resolve("data_batch_3.bin"), Arrays.copyOf(batch(2), RECORD + 17));

        refuses(folder, "data_batch_3.bin");
    }

    @Test
    void aMissingBatchIsRefused() throws IOException {
        Files.delete(folder.resolve("test_batch.bin"));

        refuses(folder, "test_batch.bin is missing");
    }

    @Test
    void aLabelThatCifarDoesNotHaveIsRefused() throws IOException {
        var bytes = batch(0);
        bytes[2 * RECORD] = (byte) 200;
        Files.write(folder.resolve("data_batch_1.bin"), bytes);

        refuses(folder, "image 2 has label 200");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        var archive = archive();
        var bytes = Files.readAllBytes(archive);
        for (int length : new int[] {0, 5, 30, bytes.length / 2, bytes.length - 9}) {
            Files.write(archive, Arrays.copyOf(bytes, length));

            refuses(archive, "cut short");
        }
    }

    @Test
    void aDamagedOrOtherArchiveIsRefused() throws IOException {
        var archive = archive();
        var bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 6] ^= 1; // in gzip's checksum
        Files.write(archive, bytes);
        refuses(archive, "no archive that can be read");
        try (var out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write("not a tar at all, but long enough to look like one"
                    .repeat(50)
                    .getBytes(StandardCharsets.UTF_8));
        }
        refuses(archive, "no archive that can be read");
        try (var out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(header("photos/readme", 0, '0'));
            out.write(new byte[1024]);
        }
        refuses(archive, "no CIFAR-10 batches");
    }

    @Test
    void thePythonVersionIsNamed() throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve("py")).resolve("data_batch_1"));

        refuses(folder.resolve("py"), "Python version");
    }

    private static void refuses(Path data, String why) {
        assertThatThrownBy(() -> open(data).images())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("data: ")
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }
}
