package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.archive.CifarLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by hand, to the layout that the dataset's page describes. */
class Cifar10Test {
    private static final int RECORD = 3073;
    private static final List<String> NAMES = CifarLayout.CIFAR_10.batches();

    @TempDir
    Path folder;

    @BeforeEach
    void writeBatches() throws IOException {
        for (int b = 0; b < 6; b++) {
            Files.write(folder.resolve(NAMES.get(b)), batch(b));
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
        var tar = new TestArchive().folder("cifar-10-batches-bin/");
        for (int b = 5; b >= 0; b--) { // the official archive is in no order either
            tar.file("cifar-10-batches-bin/" + NAMES.get(b), batch(b));
        }
        return tar.file("cifar-10-batches-bin/readme.html", "<br/>".getBytes(StandardCharsets.UTF_8))
                .writeGzipped(folder.resolve("cifar-10-binary.tar.gz"));
    }

    private static ImageSource open(Path path) {
        return Formats.open(path.toString(), SourceOptions.DEFAULT);
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
        for (var name : NAMES) {
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
        for (int length : new int[] {5, 30, bytes.length / 2, bytes.length - 9}) {
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
        new TestArchive().file("photos/readme", new byte[0]).writeGzipped(archive);
        refuses(archive, "neither CIFAR-10");
        new TestArchive().file("cifar-10-batches-py/data_batch_1", new byte[9]).writeGzipped(archive);
        refuses(archive, "Python version");
    }

    @Test
    void thePythonVersionIsNamed() throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve("py")).resolve("data_batch_1"));

        refuses(folder.resolve("py"), "Python version");
    }
}
