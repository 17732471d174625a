package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.Labels;
import igpt.image.SourceOptions;
import igpt.image.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by hand, to the layout that the dataset's page describes: coarse label, fine label, pixels. */
class Cifar100Test {
    private static final int RECORD = 3074;
    private static final SourceOptions COARSE = SourceOptions.DEFAULT.with(Labels.COARSE);

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.write(folder.resolve("train.bin"), images(7));
        Files.write(folder.resolve("test.bin"), images(3));
        Files.write(folder.resolve("fine_label_names.txt"), names("fine", 100));
        Files.write(folder.resolve("coarse_label_names.txt"), names("coarse", 20));
    }

    private static byte[] images(int count) {
        var bytes = new byte[count * RECORD];
        new Random(count).nextBytes(bytes);
        for (int i = 0; i < count; i++) {
            bytes[i * RECORD] = (byte) (19 - i);
            bytes[i * RECORD + 1] = (byte) (99 - i);
        }
        return bytes;
    }

    private static byte[] names(String of, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> of + " " + i + "\n")
                .collect(Collectors.joining("", "", "\n")) // the official files end in a blank line
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void fineLabelsPixelsAndNamesAreThoseOfTheFiles() throws Exception {
        try (var source = Formats.open(folder.toString(), SourceOptions.DEFAULT)) {
            assertThat(source.name()).isEqualTo("cifar100");
            assertThat(source.classes()).hasSize(100).startsWith("fine 0").endsWith("fine 99");
            assertThat(source.images()).hasSize(10);
            assertThat(source.images().get(6)).isEqualTo(new ImageRef(6, Split.TRAIN, 93, "train.bin#6"));
            assertThat(source.images().get(8)).isEqualTo(new ImageRef(8, Split.TEST, 98, "test.bin#1"));
            var rgb = new byte[3 * 32 * 32];
            source.read(source.images().get(8), rgb, 32);
            var planes = Arrays.copyOfRange(images(3), RECORD + 2, 2 * RECORD);
            for (int i = 0; i < 1024; i++) {
                assertThat(rgb[3 * i]).isEqualTo(planes[i]);
                assertThat(rgb[3 * i + 1]).isEqualTo(planes[1024 + i]);
                assertThat(rgb[3 * i + 2]).isEqualTo(planes[2048 + i]);
            }
        }
    }

    @Test
    void coarseLabelsAreAnotherDatasetOfTheSameImages() throws Exception {
        try (var fine = Formats.open(folder.toString(), SourceOptions.DEFAULT);
                var coarse = Formats.open(folder.toString(), COARSE)) {
            assertThat(coarse.name()).isEqualTo("cifar100-coarse");
            assertThat(coarse.classes()).hasSize(20).startsWith("coarse 0");
            assertThat(coarse.images().get(6)).isEqualTo(new ImageRef(6, Split.TRAIN, 13, "train.bin#6"));
            assertThat(coarse.fingerprint()).isNotEqualTo(fine.fingerprint());
        }
    }

    @Test
    void theArchiveHoldsTheSameImages() throws Exception {
        var tar = new TestArchive().folder("cifar-100-binary/");
        for (var name : new String[] {"coarse_label_names.txt", "test.bin", "train.bin", "fine_label_names.txt"}) {
            tar.file("cifar-100-binary/" + name, Files.readAllBytes(folder.resolve(name)));
        }
        var archive = tar.writeGzipped(folder.resolve("cifar-100-binary.tar.gz"));
        try (var unpacked = Formats.open(folder.toString(), COARSE);
                var packed = Formats.open(archive.toString(), COARSE)) {
            assertThat(packed.images()).isEqualTo(unpacked.images());
            assertThat(packed.classes()).isEqualTo(unpacked.classes());
        }
        var bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        refuses(archive, "cut short");
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        Files.write(folder.resolve("train.bin"), Arrays.copyOf(images(7), 3 * RECORD - 1));
        refuses(folder, "train.bin in");
        var labels = images(7);
        labels[4 * RECORD + 1] = 100;
        Files.write(folder.resolve("train.bin"), labels);
        refuses(folder, "image 4 has label 100");
        Files.write(folder.resolve("train.bin"), images(7));
        labels = images(3);
        labels[0] = 20;
        Files.write(folder.resolve("test.bin"), labels);
        refuses(folder, COARSE, "image 0 has label 20");
        Files.write(folder.resolve("test.bin"), images(3));
        Files.write(folder.resolve("fine_label_names.txt"), names("fine", 99));
        refuses(folder, "has 99 names, not 100");
        Files.delete(folder.resolve("fine_label_names.txt"));
        refuses(folder, "fine_label_names.txt is missing");
        Files.delete(folder.resolve("test.bin"));
        refuses(folder, "test.bin is missing");
    }

    @Test
    void thePythonVersionIsNamed() throws IOException {
        var python = Files.createDirectories(folder.resolve("x/cifar-100-python"));
        Files.createFile(python.resolve("meta"));
        Files.createFile(python.resolve("train"));

        refuses(folder.resolve("x"), "CIFAR-100's Python version");
    }
}
