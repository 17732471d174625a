package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by hand, to the layout that MNIST's page describes. */
class IdxFolderTest {
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        write(TRAIN_IMAGES, images(4));
        write(TRAIN_LABELS, labels(3, 0, 2, 1));
        gzip(TEST_IMAGES, images(2));
        gzip(TEST_LABELS, labels(1, 2));
    }

    private static byte[] images(int count) {
        var bytes = new byte[16 + count * 28 * 28];
        new Random(count).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(0x803).putInt(count).putInt(28).putInt(28);
        return bytes;
    }

    private static byte[] labels(int... labels) {
        var bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            bytes.put((byte) label);
        }
        return bytes.array();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private void gzip(String name, byte[] bytes) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".gz")))) {
            out.write(bytes);
        }
    }

    private ImageSource open() {
        return Formats.open(folder.toString(), SourceOptions.DEFAULT);
    }

    @Test
    void greyBecomesThreeEqualChannelsAndNumbersAreTheClasses() throws Exception {
        try (var source = open()) {
            assertThat(source.name()).isEqualTo(folder.getFileName().toString());
            assertThat(source.classes()).containsExactly("0", "1", "2", "3");
            assertThat(source.images())
                    .hasSize(6)
                    .contains(new ImageRef(2, Split.TRAIN, 2, TRAIN_IMAGES + "#2"))
                    .contains(new ImageRef(5, Split.TEST, 2, TEST_IMAGES + "#1"));
            var rgb = new byte[3 * 28 * 28];
            source.read(source.images().get(5), rgb, 28);
            var bytes = images(2);
            for (int i = 0; i < rgb.length; i++) {
                assertThat(rgb[i]).isEqualTo(bytes[16 + 784 + i / 3]);
            }
        }
    }

    @Test
    void aLargerSizeIsTheAverageOfAreas() throws Exception {
        try (var source = open()) {
            var small = new byte[3 * 28 * 28];
            var large = new byte[3 * 32 * 32];
            source.read(source.images().get(0), small, 28);
            source.read(source.images().get(0), large, 32);
            // A pixel of 32 is 7/8 of one of 28 wide: the second takes 1/7 of the first and 6/7 of the second.
            double row = (small[0] & 0xff) / 7.0 + 6 * (small[3] & 0xff) / 7.0;
            assertThat(large[0]).isEqualTo(small[0]);
            assertThat(large[3] & 0xff).isEqualTo((int) Math.round(row));
        }
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        write(TRAIN_IMAGES, Arrays.copyOf(images(4), 16 + 3 * 784 + 5));
        refuses(folder, "is cut short, or its header is damaged");
        write(TRAIN_IMAGES, Arrays.copyOf(images(4), 9));
        refuses(folder, "is cut short");
        write(TRAIN_IMAGES, Arrays.copyOf(images(4), 16 + 5 * 784));
        refuses(folder, "its header is damaged");
        write(TRAIN_IMAGES, images(3));
        refuses(folder, "has 4 labels for 3 images");
        var floats = images(4);
        floats[2] = 0x0d;
        write(TRAIN_IMAGES, floats);
        refuses(folder, "no IDX file of bytes in 3 dimensions");
        write(TRAIN_IMAGES, labels(1));
        refuses(folder, "is cut short");
        var none = ByteBuffer.allocate(16).putInt(0x803).array();
        write(TRAIN_IMAGES, none);
        write(TRAIN_LABELS, labels());
        refuses(folder, "holds no pixels");
        write(TRAIN_IMAGES, images(4));
        write(TRAIN_LABELS, labels(3, 0, 2, 1));
        gzip(TEST_LABELS, labels(1, 4));
        refuses(folder, "has label 4, which no training image has");
        gzip(TEST_LABELS, labels(1, 2));
        var packed = Files.readAllBytes(folder.resolve(TEST_IMAGES + ".gz"));
        write(TEST_IMAGES + ".gz", Arrays.copyOf(packed, packed.length / 2));
        refuses(folder, "is cut short");
        Files.delete(folder.resolve(TEST_IMAGES + ".gz"));
        refuses(folder, "t10k-images-idx3-ubyte is missing");
    }

    /** @param pattern of the names, with NAME for {@code train-images-idx3-ubyte} and DOT for its spelling with a dot */
    private void rename(String pattern) throws IOException {
        for (var name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES + ".gz", TEST_LABELS + ".gz")) {
            var renamed = pattern.replace("NAME", name)
                    .replace("DOT", name.replace("-idx", ".idx"))
                    .replace("TEST", name.replace("t10k", "test"))
                    .replace("UPPER", name.toUpperCase(Locale.ROOT));
            Files.move(folder.resolve(name), folder.resolve("moved"));
            Files.createDirectories(folder.resolve(renamed).resolve("..").normalize());
            Files.move(folder.resolve("moved"), folder.resolve(renamed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DOT",
                "TEST",
                "UPPER",
                "inner-NAME/NAME",
                "NAME-folder/../MNIST/raw/NAME",
                "kmnist-TEST",
                "fashion-mnist_DOT"
            })
    void filesAreKnownInOtherSpellings(String pattern) throws Exception {
        if (pattern.startsWith("inner-")) { // each in a folder of its own name
            for (var name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES + ".gz", TEST_LABELS + ".gz")) {
                Files.move(folder.resolve(name), folder.resolve("moved"));
                Files.createDirectories(folder.resolve(name));
                Files.move(folder.resolve("moved"), folder.resolve(name).resolve(name.replace("-idx", ".idx")));
            }
        } else {
            rename(pattern.replace("NAME-folder/../", ""));
        }
        try (var source = open()) {
            assertThat(source.classes()).containsExactly("0", "1", "2", "3");
            assertThat(source.images()).hasSize(6);
            var rgb = new byte[3 * 28 * 28];
            source.read(source.images().get(5), rgb, 28);
            assertThat(rgb[3 * 27]).isEqualTo(images(2)[16 + 784 + 27]);
        }
    }

    @Test
    void labelsThatBeginAtOneOrHaveGapsMakeNoEmptyClass() throws IOException {
        var before = open().fingerprint();
        write(TRAIN_LABELS, labels(1, 26, 3, 1));
        gzip(TEST_LABELS, labels(26, 3));

        try (var source = open()) {
            assertThat(source.classes()).containsExactly("1", "3", "26");
            assertThat(source.images()).extracting(ImageRef::label).containsExactly(0, 2, 1, 0, 2, 1);
            assertThat(source.fingerprint()).isNotEqualTo(before);
        }
    }

    @Test
    void emnistsImagesAreTurnedUpright() throws Exception {
        rename("emnist-letters-TEST");
        try (var source = open()) {
            var rgb = new byte[3 * 28 * 28];
            source.read(source.images().get(0), rgb, 28);
            for (int i = 0; i < 784; i++) {
                assertThat(rgb[3 * i]).isEqualTo(images(4)[16 + i % 28 * 28 + i / 28]);
            }
        }
    }

    @Test
    void severalDatasetsInOneFolderAreAskedAbout() throws IOException {
        for (var name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES + ".gz", TEST_LABELS + ".gz")) {
            Files.copy(folder.resolve(name), folder.resolve("emnist-digits-" + name));
        }
        refuses(folder, "holds 2 datasets in IDX files");
        Files.delete(folder.resolve("emnist-digits-" + TRAIN_LABELS));
        assertThat(open().images()).hasSize(6);
        Files.delete(folder.resolve(TRAIN_LABELS));
        refuses(folder, "train-labels-idx1-ubyte is missing");
    }

    @Test
    void aNearMissSaysWhatItIsNearTo() throws IOException {
        for (var name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES + ".gz", TEST_LABELS + ".gz")) {
            Files.move(
                    folder.resolve(name),
                    folder.resolve(name.replace("images", "imags").replace("labels", "lables")));
        }
        refuses(folder, "is called almost like MNIST's");
    }
}
