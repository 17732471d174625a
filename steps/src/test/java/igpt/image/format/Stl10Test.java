package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.archive.StlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files by hand, to the layout that the dataset's page describes. */
class Stl10Test {
    private static final int RECORD = 3 * 96 * 96;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.write(folder.resolve("train_X.bin"), images(5));
        Files.write(folder.resolve("train_y.bin"), new byte[] {1, 10, 3, 2, 9});
        Files.write(folder.resolve("test_X.bin"), images(2));
        Files.write(folder.resolve("test_y.bin"), new byte[] {4, 7});
        Files.writeString(
                folder.resolve("class_names.txt"), "airplane\nbird\ncar\ncat\ndeer\ndog\nhorse\nmonkey\nship\ntruck\n");
        Files.writeString(folder.resolve("fold_indices.txt"), "0 1 2 \n4 2 \n3 \n0 \n0 \n0 \n0 \n0 \n0 \n1 3 \n");
    }

    private static byte[] images(int count) {
        var bytes = new byte[count * RECORD];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void planesRunDownTheColumnsAndLabelsCountFromOne() throws Exception {
        try (var source = Formats.open(folder.toString(), SourceOptions.DEFAULT)) {
            assertThat(source.name()).isEqualTo("stl10");
            assertThat(source.classes()).hasSize(10).startsWith("airplane").endsWith("truck");
            assertThat(source.images()).hasSize(7);
            assertThat(source.images().get(1)).isEqualTo(new ImageRef(1, Split.TRAIN, 9, "train_X.bin#1"));
            assertThat(source.images().get(6)).isEqualTo(new ImageRef(6, Split.TEST, 6, "test_X.bin#1"));
            var rgb = new byte[RECORD];
            source.read(source.images().get(1), rgb, 96);
            var bytes = images(5);
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < 96; y++) {
                    for (int x = 0; x < 96; x++) {
                        assertThat(rgb[3 * (y * 96 + x) + c]).isEqualTo(bytes[RECORD + c * 9216 + x * 96 + y]);
                    }
                }
            }
        }
    }

    @Test
    void aThirdOfTheSizeIsTheAverageOfBlocksOfNine() throws Exception {
        try (var source = Formats.open(folder.toString(), SourceOptions.DEFAULT)) {
            var full = new byte[RECORD];
            var third = new byte[3 * 32 * 32];
            source.read(source.images().get(0), full, 96);
            source.read(source.images().get(0), third, 32);
            int sum = 0;
            for (int y = 93; y < 96; y++) {
                for (int x = 0; x < 3; x++) {
                    sum += full[3 * (y * 96 + x) + 2] & 0xff;
                }
            }
            assertThat(third[3 * 31 * 32 + 2] & 0xff).isEqualTo(Math.round(sum / 9.0f));
        }
    }

    @Test
    void ofAFoldOnlyItsImagesAreTrainedOn() throws Exception {
        try (var all = Formats.open(folder.toString(), SourceOptions.DEFAULT);
                var fold = Formats.open(folder.toString(), SourceOptions.DEFAULT.withFold(1))) {
            assertThat(fold.name()).isEqualTo("stl10-fold1");
            assertThat(fold.images())
                    .containsExactly(
                            new ImageRef(0, Split.TRAIN, 8, "train_X.bin#4"),
                            new ImageRef(1, Split.TRAIN, 2, "train_X.bin#2"),
                            new ImageRef(2, Split.TEST, 3, "test_X.bin#0"),
                            new ImageRef(3, Split.TEST, 6, "test_X.bin#1"));
            assertThat(fold.fingerprint()).isNotEqualTo(all.fingerprint());
            var a = new byte[3 * 32 * 32];
            var b = new byte[3 * 32 * 32];
            all.read(all.images().get(2), a, 32);
            fold.read(fold.images().get(1), b, 32);
            assertThat(b).isEqualTo(a);
        }
    }

    @Test
    void theArchiveHoldsTheSameImages() throws Exception {
        var tar = new TestArchive().folder("stl10_binary/").file("stl10_binary/unlabeled_X.bin", images(1));
        for (var name : StlFiles.wanted(0)) {
            tar.file("stl10_binary/" + name, Files.readAllBytes(folder.resolve(name)));
        }
        var archive = tar.writeGzipped(folder.resolve("stl10_binary.tar.gz"));
        try (var unpacked = Formats.open(folder.toString(), SourceOptions.DEFAULT.withFold(9));
                var packed = Formats.open(archive.toString(), SourceOptions.DEFAULT.withFold(9))) {
            assertThat(packed.images()).isEqualTo(unpacked.images());
        }
        var bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length - 1000));
        refuses(archive, "cut short");
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        Files.write(folder.resolve("train_X.bin"), Arrays.copyOf(images(5), 4 * RECORD + 7));
        refuses(folder, "train_X.bin in");
        Files.write(folder.resolve("train_X.bin"), images(4));
        refuses(folder, "has 5 labels for 4 images");
        Files.write(folder.resolve("train_X.bin"), images(5));
        for (byte label : new byte[] {0, 11, -1}) {
            Files.write(folder.resolve("test_y.bin"), new byte[] {4, label});
            refuses(folder, "image 1 the label " + (label & 0xff));
        }
        Files.write(folder.resolve("test_y.bin"), new byte[] {4, 7});
        for (var folds : new String[] {"0 1\n5\n", "0 1\n-1\n", "0\nx\n", "0 1\n99999999999\n"}) {
            Files.writeString(folder.resolve("fold_indices.txt"), folds);
            refuses(folder, SourceOptions.DEFAULT.withFold(1), "names training image");
        }
        refuses(folder, SourceOptions.DEFAULT.withFold(2), "has 2 folds");
        Files.writeString(folder.resolve("class_names.txt"), "airplane\n");
        refuses(folder, "has 1 names, not 10");
        Files.delete(folder.resolve("train_y.bin"));
        refuses(folder, "train_y.bin is missing");
    }
}
