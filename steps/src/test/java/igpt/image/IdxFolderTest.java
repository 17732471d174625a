package igpt.image;

import static igpt.image.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        return ImageSource.open(folder.toString(), SourceOptions.DEFAULT);
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
        refuses(folder, "has label 4, above the 3");
        gzip(TEST_LABELS, labels(1, 2));
        var packed = Files.readAllBytes(folder.resolve(TEST_IMAGES + ".gz"));
        write(TEST_IMAGES + ".gz", Arrays.copyOf(packed, packed.length / 2));
        refuses(folder, "is cut short");
        Files.delete(folder.resolve(TEST_IMAGES + ".gz"));
        refuses(folder, "t10k-images-idx3-ubyte is missing");
    }
}
