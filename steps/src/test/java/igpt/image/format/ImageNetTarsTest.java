package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.decode.BrokenImageException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives by hand, as ILSVRC 2012 has them, and the same images in folders. */
class ImageNetTarsTest {
    private static final List<String> WNIDS = List.of("n01440764", "n01443537", "n02119789");
    private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";

    @TempDir
    Path tars;

    @TempDir
    Path folders;

    @BeforeEach
    void writeTrain() throws IOException {
        var outer = new TestArchive();
        for (int c = 2; c >= 0; c--) {
            var inner = new TestArchive();
            for (int i = 12; i > 0; i--) {
                var name = WNIDS.get(c) + "_" + i + ".JPEG";
                var jpeg = jpeg(100 * c + i);
                inner.file(name, jpeg);
                write("train/" + WNIDS.get(c) + "/" + name, jpeg);
            }
            outer.file(WNIDS.get(c) + ".tar", inner.bytes());
        }
        outer.write(tars.resolve("ILSVRC2012_img_train.tar"));
    }

    /** The ground truth counts classes as meta.mat does: 1 n02119789, 2 n01443537, 3 n01440764, and 4 above them all. */
    private void writeVal(String truth) throws IOException {
        var wnids = List.of("n02119789", "n01440764", "n01440764", "n01443537");
        var val = new TestArchive();
        for (int i = 4; i > 0; i--) {
            var name = "ILSVRC2012_val_0000000" + i + ".JPEG";
            val.file(name, jpeg(1000 + i));
            write("val/" + wnids.get(i - 1) + "/" + name, jpeg(1000 + i));
        }
        val.write(tars.resolve("ILSVRC2012_img_val.tar"));
        Files.writeString(tars.resolve(TRUTH), truth);
        Files.write(tars.resolve("meta.mat"), meta());
    }

    private static byte[] meta() throws IOException {
        try (var in = Objects.requireNonNull(ImageNetTarsTest.class.getResourceAsStream("meta.mat"))) {
            return in.readAllBytes();
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        var file = folders.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] jpeg(int seed) throws IOException {
        var image = new BufferedImage(40 + seed % 7, 36, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, new Color(x * 5, y * 7, seed % 256).getRGB());
            }
        }
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "jpeg", bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static ImageSource open(Path path) {
        return Formats.open(path.toString(), SourceOptions.DEFAULT);
    }

    private static void assertSame(Path path, Path other) throws Exception {
        try (var a = open(path);
                var b = open(other)) {
            assertThat(a.classes()).isEqualTo(b.classes()).isEqualTo(WNIDS);
            assertThat(a.images()).isEqualTo(b.images());
            var mine = new byte[3 * 16 * 16];
            var theirs = new byte[3 * 16 * 16];
            for (var image : a.images()) {
                a.read(image, mine, 16);
                b.read(image, theirs, 16);
                assertThat(mine).isEqualTo(theirs);
            }
        }
    }

    @Test
    void withoutTheValidationTarImagesAndSplitAreThoseOfTheTrainFolder() throws Exception {
        assertSame(tars, folders);
        assertSame(tars.resolve("ILSVRC2012_img_train.tar"), folders);
        try (var source = open(tars)) {
            assertThat(source.name()).isEqualTo("imagenet");
            assertThat(source.images())
                    .hasSize(36)
                    .filteredOn(i -> i.split() == Split.TEST)
                    .hasSize(4);
        }
    }

    @Test
    void withTheValidationTarAndTheDevkitItsImagesAreTheTestImages() throws Exception {
        writeVal("1\n3\n3\n2\n");

        assertSame(tars, folders);

        var devkit = new TestArchive()
                .file("ILSVRC2012_devkit_t12/data/meta.mat", meta())
                .file("ILSVRC2012_devkit_t12/data/" + TRUTH, Files.readAllBytes(tars.resolve(TRUTH)));
        Files.delete(tars.resolve(TRUTH));
        Files.delete(tars.resolve("meta.mat"));
        devkit.writeGzipped(tars.resolve("ILSVRC2012_devkit_t12.tar.gz"));
        assertSame(tars, folders);
        try (var source = open(tars)) {
            assertThat(source.images().get(36))
                    .isEqualTo(new ImageRef(36, Split.TEST, 0, "val/n01440764/ILSVRC2012_val_00000002.JPEG"));
        }
    }

    @Test
    void validationImagesWithoutTheirClassesAreRefused() throws IOException {
        writeVal("1\n3\n3\n");
        refuses(tars, "has no label: the devkit has 3");
        writeVal("1\n3\n3\n5\n");
        refuses(tars, "names class 5, which meta.mat lacks");
        writeVal("1\n3\n3\n4\n");
        refuses(tars, "is of class n00001740, which");
        writeVal("1\n3\n3\n2\n");
        Files.write(tars.resolve("meta.mat"), Arrays.copyOf(meta(), 300));
        refuses(tars, "meta.mat in");
        Files.delete(tars.resolve("meta.mat"));
        refuses(tars, "meta.mat is missing");
        Files.delete(tars.resolve(TRUTH));
        refuses(tars, "put ILSVRC2012_devkit_t12.tar.gz next to them");
    }

    @Test
    void wrongArchivesAreRefused() throws IOException {
        writeVal("1\n3\n3\n2\n");
        var train = tars.resolve("ILSVRC2012_img_train.tar");
        var val = tars.resolve("ILSVRC2012_img_val.tar");
        var bytes = Files.readAllBytes(val);
        Files.write(val, Arrays.copyOf(bytes, bytes.length / 2));
        refuses(tars, "ILSVRC2012_img_val.tar is cut short");
        new TestArchive().file("readme", new byte[9]).write(val);
        refuses(tars, "holds no ILSVRC2012_val_");
        Files.delete(val);
        bytes = Files.readAllBytes(train);
        Files.write(train, Arrays.copyOf(bytes, bytes.length / 2));
        refuses(tars, "ILSVRC2012_img_train.tar is cut short");
        new TestArchive()
                .file("n01440764.tar", "no tar".repeat(200).getBytes(StandardCharsets.UTF_8))
                .write(train);
        refuses(tars, "n01440764.tar is no archive that can be read");
        new TestArchive().file("readme", new byte[9]).write(train);
        refuses(tars, "no images that can be read");
        Files.delete(train);
        Files.write(val, bytes);
        refuses(tars, "ILSVRC2012_img_train.tar is missing");
    }

    @Test
    void aBrokenImageIsNamedAndTheOthersAreRead() throws Exception {
        var inner = new TestArchive()
                .file("n01440764_1.JPEG", jpeg(1))
                .file("n01440764_2.JPEG", new byte[600])
                .file("n01440764_3.JPEG", jpeg(3));
        new TestArchive().file("n01440764.tar", inner.bytes()).write(tars.resolve("ILSVRC2012_img_train.tar"));
        try (var source = open(tars)) {
            var rgb = new byte[3 * 64];
            assertThatThrownBy(() ->
                            source.read(new ImageRef(1, Split.TRAIN, 0, "train/n01440764/n01440764_2.JPEG"), rgb, 8))
                    .isInstanceOf(BrokenImageException.class)
                    .hasMessageContaining("n01440764_2.JPEG: no picture of a kind that is read");
            source.read(new ImageRef(2, Split.TRAIN, 0, "train/n01440764/n01440764_3.JPEG"), rgb, 8);
        }
    }
}
