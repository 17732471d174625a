package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.decode.AreaAverage;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Crop;
import igpt.image.decode.Decoding;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
    private static final SourceOptions SCALED = SourceOptions.DEFAULT.withDctScaling();

    @TempDir
    Path folder;

    private void image(String name, String format, int type, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(x * 255 / width, y * 255 / height, 128, 200).getRGB());
            }
        }
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        file(name, bytes.toByteArray());
    }

    private void jpeg(String name) throws IOException {
        image(name, "jpeg", BufferedImage.TYPE_INT_RGB, 40, 30);
    }

    private void file(String name, byte[] bytes) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private ImageSource open() {
        return Formats.open(folder.toString(), SourceOptions.DEFAULT);
    }

    private List<String> sources(Split split) throws IOException {
        try (var source = open()) {
            return source.images().stream()
                    .filter(image -> image.split() == split)
                    .map(ImageRef::source)
                    .toList();
        }
    }

    private byte[] read(String source, int resolution) throws Exception {
        return read(source, Crop.CENTRE, resolution, SourceOptions.DEFAULT);
    }

    private byte[] read(String source, Crop crop, int resolution, SourceOptions options) throws Exception {
        try (var images = Formats.open(folder.toString(), options)) {
            var rgb = new byte[3 * resolution * resolution];
            images.read(new ImageRef(0, Split.TRAIN, 0, source), crop, rgb, resolution);
            return rgb;
        }
    }

    @Test
    void foldersAreClassesAndTheSplitsAreTheirOwn() throws IOException {
        for (var name : List.of("train/dog/b.jpg", "train/dog/a.JPEG", "train/cat/deep/x.png", "test/dog/c.Jpg")) {
            jpeg(name);
        }
        file("train/cat/notes.txt", "no image".getBytes(StandardCharsets.UTF_8));
        jpeg("train/cat/._x.png");
        jpeg("train/cat/.thumbnails/x.png");
        Files.createDirectories(folder.resolve("train/empty"));

        try (var source = open()) {
            assertThat(source.name()).isEqualTo(folder.getFileName().toString());
            assertThat(source.classes()).containsExactly("cat", "dog");
            assertThat(source.images())
                    .containsExactly(
                            new ImageRef(0, Split.TRAIN, 0, "train/cat/deep/x.png"),
                            new ImageRef(1, Split.TRAIN, 1, "train/dog/a.JPEG"),
                            new ImageRef(2, Split.TRAIN, 1, "train/dog/b.jpg"),
                            new ImageRef(3, Split.TEST, 1, "test/dog/c.Jpg"));
        }
    }

    @Test
    void imageNetsUnlabelledTestFolderIsPassedOverForItsVal() throws IOException {
        for (var name : List.of("train/n01/a.JPEG", "train/n02/b.JPEG", "val/n02/c.JPEG", "test/d.JPEG")) {
            jpeg(name);
        }

        assertThat(sources(Split.TEST)).containsExactly("val/n02/c.JPEG");
    }

    @Test
    void withoutATestFolderATenthOfEachClassIsHeldOut() throws IOException {
        for (int i = 0; i < 40; i++) {
            jpeg("cat/" + i + ".jpg");
            jpeg("dog/" + i + ".jpg");
        }

        var test = sources(Split.TEST);

        assertThat(test).hasSize(8).filteredOn(s -> s.startsWith("cat/")).hasSize(4);
        assertThat(sources(Split.TEST)).isEqualTo(test);
        assertThat(sources(Split.TRAIN)).hasSize(72).doesNotContainAnyElementsOf(test);
        assertThat(test.subList(0, 4)).isNotEqualTo(List.of("cat/1.jpg", "cat/11.jpg", "cat/21.jpg", "cat/31.jpg"));
    }

    @Test
    void imagesWithoutClassFoldersHaveNoLabels() throws IOException {
        jpeg("a.jpg");
        jpeg("b.jpg");

        try (var source = open()) {
            assertThat(source.classes()).isEmpty();
            assertThat(source.images()).extracting(ImageRef::label).containsExactly(-1, -1);
        }
    }

    @Test
    void whereLabelsAreLeftOutImagesMayLieAnywhere() throws IOException {
        var none = SourceOptions.DEFAULT.with(Labels.NONE);
        jpeg("loose.jpg");
        for (int i = 0; i < 19; i++) {
            jpeg("web/%02d/%02d/x.jpg".formatted(i % 3, i));
        }
        refuses(folder, "classes=none");

        try (var source = Formats.open(folder.toString(), none)) {
            assertThat(source.classes()).isEmpty();
            assertThat(source.images()).hasSize(20).allMatch(image -> image.label() == -1);
            assertThat(source.images())
                    .filteredOn(image -> image.split() == Split.TEST)
                    .hasSize(2);
        }
        var labelled = Formats.open(folder.resolve("web").toString(), SourceOptions.DEFAULT);
        var unlabelled = Formats.open(folder.resolve("web").toString(), none);
        assertThat(unlabelled.fingerprint()).isNotEqualTo(labelled.fingerprint());

        Files.createDirectories(folder.resolve("split"));
        Files.move(folder.resolve("web"), folder.resolve("split/train"));
        jpeg("split/test/any/where/x.jpg");
        try (var source = Formats.open(folder.resolve("split").toString(), none)) {
            assertThat(source.images()).hasSize(20);
            assertThat(source.images().get(19)).isEqualTo(new ImageRef(19, Split.TEST, -1, "test/any/where/x.jpg"));
        }
    }

    @Test
    void whatOnlyAnotherFormatHasIsRefused() throws IOException {
        jpeg("a/x.jpg");
        refuses(folder, SourceOptions.DEFAULT.withFold(3), "only STL-10 has folds");
        refuses(folder, SourceOptions.DEFAULT.with(Labels.COARSE), "only CIFAR-100 has coarse ones");
        refuses(Path.of("shapes"), SourceOptions.DEFAULT.with(Labels.NONE), "only those of a folder");
        refuses(Path.of("shapes"), SourceOptions.DEFAULT.withDctScaling(), "only JPEGs");
        refuses(Path.of("shapes"), SourceOptions.DEFAULT.with(Decoding.DEFAULT.withExif(true)), "only photographs");
        refuses(Path.of("shapes"), SourceOptions.DEFAULT.with(Decoding.DEFAULT.withBackground(0)), "only pictures in");
    }

    @Test
    void formatIsToldByContentNotByName() throws Exception {
        image("a/x.jpg", "png", BufferedImage.TYPE_INT_RGB, 40, 30);
        image("a/x.png", "jpeg", BufferedImage.TYPE_INT_RGB, 40, 30);

        assertThat(differing(read("a/x.jpg", 8), read("a/x.png", 8), 8)).isZero();
    }

    private static long differing(byte[] a, byte[] b, int tolerance) {
        long differing = 0;
        for (int i = 0; i < a.length; i++) {
            differing += Math.abs((a[i] & 0xff) - (b[i] & 0xff)) > tolerance ? 1 : 0;
        }
        return differing;
    }

    @Test
    void behindTransparentPixelsIsTheBackgroundThatIsAskedFor() throws Exception {
        image("a/x.png", "png", BufferedImage.TYPE_INT_ARGB, 6, 4);
        for (int background : new int[] {0xffffff, 0, 0x102030}) {
            var options = SourceOptions.DEFAULT.with(Decoding.DEFAULT.withBackground(background));

            var rgb = read("a/x.png", Crop.CENTRE, 4, options);

            for (int i = 0; i < 16; i++) {
                int[] drawn = {(i % 4 + 1) * 255 / 6, i / 4 * 255 / 4, 128};
                for (int c = 0; c < 3; c++) {
                    int behind = background >> (16 - 8 * c) & 0xff;
                    assertThat(rgb[3 * i + c] & 0xff).isEqualTo((drawn[c] * 200 + behind * 55 + 127) / 255);
                }
            }
        }
    }

    @Test
    void whatChangesThePixelsChangesTheFingerprint() throws IOException {
        jpeg("a/x.jpg");
        jpeg("imagenet/train/n01440764/x.JPEG");

        assertThat(fingerprint("a", Decoding.DEFAULT))
                .isEqualTo(fingerprint("a", Decoding.DEFAULT.withExif(true)))
                .isNotEqualTo(fingerprint("a", Decoding.DEFAULT.withExif(false)))
                .isNotEqualTo(fingerprint("a", Decoding.DEFAULT.withBackground(0)));
        assertThat(fingerprint("imagenet", Decoding.DEFAULT)) // as in the paper
                .isEqualTo(fingerprint("imagenet", Decoding.DEFAULT.withExif(false)))
                .isNotEqualTo(fingerprint("imagenet", Decoding.DEFAULT.withExif(true)));
    }

    private String fingerprint(String name, Decoding decoding) throws IOException {
        try (var source = Formats.open(folder.resolve(name).toString(), SourceOptions.DEFAULT.with(decoding))) {
            return source.fingerprint();
        }
    }

    @Test
    void ofAJpegTheCentreSquareIsTheSameAsOfTheWholeImage() throws Exception {
        image("a/x.jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 100, 60);
        var whole = ImageIO.read(folder.resolve("a/x.jpg").toFile());
        var pixels = new byte[3 * 100 * 60];
        for (int i = 0; i < 6000; i++) {
            int rgb = whole.getRGB(i % 100, i / 100);
            for (int c = 0; c < 3; c++) {
                pixels[3 * i + c] = (byte) (rgb >> (16 - 8 * c));
            }
        }
        var expected = new byte[3 * 16 * 16];
        new AreaAverage(16).centreSquare(pixels, 100, 60, expected);

        assertThat(differing(read("a/x.jpg", 16), expected, 1)).isZero();
    }

    @Test
    void ofAJpegARandomCropIsTheSameAsOfTheWholeImage() throws Exception {
        image("a/x.jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 301, 200);
        var whole = ImageIO.read(folder.resolve("a/x.jpg").toFile());
        var pixels = new byte[3 * 301 * 200];
        for (int i = 0; i < 301 * 200; i++) {
            int rgb = whole.getRGB(i % 301, i / 301);
            for (int c = 0; c < 3; c++) {
                pixels[3 * i + c] = (byte) (rgb >> (16 - 8 * c));
            }
        }
        try (var source = open()) {
            for (int variant = 1; variant < 20; variant++) {
                var crop = Crop.random(0, 5, variant);
                var expected = new byte[3 * 32 * 32];
                new AreaAverage(32).average(pixels, 301, crop.window(301, 200), expected);
                var rgb = new byte[3 * 32 * 32];
                source.read(new ImageRef(0, Split.TRAIN, 0, "a/x.jpg"), crop, rgb, 32);
                assertThat(differing(rgb, expected, 1)).isZero();
            }
        }
    }

    /** 8, 4 and 2 × 96 pixels and some more, the last column and row of blocks cut; 191 is too few. */
    @ParameterizedTest
    @CsvSource({"1031, 1027", "391, 500", "250, 231", "200, 191"})
    void scaledDecodingIsCloseToTheExactPixelsWhereverTheCropLies(int width, int height) throws Exception {
        image("a/x.jpg", "jpeg", BufferedImage.TYPE_INT_RGB, width, height);
        for (int variant = 0; variant < 20; variant++) {
            var crop = variant == 0 ? Crop.CENTRE : Crop.random(0, 5, variant);
            var exact = read("a/x.jpg", crop, 32, SourceOptions.DEFAULT);
            var scaled = read("a/x.jpg", crop, 32, SCALED);
            assertThat(differing(scaled, exact, 1)).isZero();
            if (height < 192) {
                assertThat(scaled).isEqualTo(exact);
            }
        }
    }

    @Test
    void scaledDecodingGivesOtherPixelsUnderAnotherFingerprintAndLeavesPngsAlone() throws Exception {
        image("a/x.png", "png", BufferedImage.TYPE_INT_RGB, 500, 375);
        var noise = new BufferedImage(500, 375, BufferedImage.TYPE_INT_RGB);
        var random = new Random(1);
        for (int i = 0; i < 500 * 375; i++) {
            noise.setRGB(i % 500, i / 500, random.nextInt(1 << 24));
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(noise, "jpeg", bytes);
        file("a/x.jpg", bytes.toByteArray());

        assertThat(read("a/x.png", Crop.CENTRE, 32, SCALED)).isEqualTo(read("a/x.png", 32));
        assertThat(read("a/x.jpg", Crop.CENTRE, 32, SCALED)).isNotEqualTo(read("a/x.jpg", 32));
        assertThat(Formats.open(folder.toString(), SCALED).fingerprint()).isNotEqualTo(open().fingerprint());
        file("a/short.jpg", Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThatThrownBy(() -> read("a/short.jpg", Crop.CENTRE, 32, SCALED))
                .isInstanceOf(BrokenImageException.class)
                .hasMessage("a/short.jpg: a damaged JPEG file");
    }

    @Test
    void greyBecomesThreeEqualChannels() throws Exception {
        image("a/x.jpg", "jpeg", BufferedImage.TYPE_BYTE_GRAY, 40, 30);
        image("a/x.png", "png", BufferedImage.TYPE_BYTE_GRAY, 40, 30);

        for (var name : List.of("a/x.jpg", "a/x.png")) {
            var rgb = read(name, 8);
            for (int i = 0; i < rgb.length; i += 3) {
                assertThat(rgb[i]).isEqualTo(rgb[i + 1]).isEqualTo(rgb[i + 2]);
            }
            assertThat(rgb[0]).isNotEqualTo(rgb[3 * 63]);
        }
    }

    @Test
    void aBrokenFileIsNamedWithTheReasonAndTheOthersAreRead() throws Exception {
        jpeg("a/good.jpg");
        file("a/empty.jpg", new byte[0]);
        file("a/text.jpg", "no image".getBytes(StandardCharsets.UTF_8));
        var good = Files.readAllBytes(folder.resolve("a/good.jpg"));
        file("a/short.jpg", Arrays.copyOf(good, good.length * 2 / 3));
        file("a/header.jpg", Arrays.copyOf(good, 30));
        image("a/whole.png", "png", BufferedImage.TYPE_INT_RGB, 40, 30);
        var png = Files.readAllBytes(folder.resolve("a/whole.png"));
        file("a/short.png", Arrays.copyOf(png, png.length / 2));

        for (var name :
                List.of("a/empty.jpg", "a/text.jpg", "a/short.jpg", "a/header.jpg", "a/short.png", "a/gone.jpg")) {
            assertThatThrownBy(() -> read(name, 8))
                    .isInstanceOf(BrokenImageException.class)
                    .hasMessageStartingWith(name + ": ")
                    .message()
                    .hasLineCount(1);
        }
        read("a/good.jpg", 8);
    }

    @Test
    void manyThreadsReadTheSamePixels() throws Exception {
        for (int i = 0; i < 20; i++) {
            image("a/" + i + ".jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 50 + 7 * i, 40);
        }
        try (var source = open()) {
            var pool = Executors.newFixedThreadPool(4);
            var alone = new byte[20][3 * 64];
            for (int i = 0; i < 20; i++) {
                source.read(source.images().get(i), alone[i], 8);
            }
            var together = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < 200; i++) {
                var image = source.images().get(i % 20);
                together.add(pool.submit(() -> {
                    var rgb = new byte[3 * 64];
                    source.read(image, rgb, 8);
                    return rgb;
                }));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(together.get(i).get()).isEqualTo(alone[i % 20]);
            }
            pool.shutdown();
        }
    }

    @Test
    void theFingerprintChangesWithAnyFile() throws IOException {
        jpeg("a/x.jpg");
        jpeg("a/y.jpg");
        var before = open().fingerprint();
        assertThat(open().fingerprint()).isEqualTo(before).hasSize(64);

        file("a/y.jpg", new byte[3]);

        assertThat(open().fingerprint()).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeADatasetIsRefusedInOneLine() throws IOException {
        refuses(folder, "is empty");
        file("notes.txt", new byte[100]);
        refuses(folder, "no images that can be read");
        refuses(folder.resolve("nowhere"), "no such file or folder");
        refuses(folder.resolve("notes.txt"), "no archive that can be read");
        Files.createFile(folder.resolve("empty.tar.gz"));
        refuses(folder.resolve("empty.tar.gz"), "is empty: get it again");
        Files.write(folder.resolve("one.dat"), "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        refuses(folder.resolve("one.dat"), "is a single picture (PNG): give its folder");
        Files.writeString(folder.resolve("photos.zip"), "PK");
        refuses(folder.resolve("photos.zip"), "unpack it and give its folder");
        Files.writeString(folder.resolve("emnist-letters-train-images-idx3-ubyte.gz"), "x");
        refuses(
                folder.resolve("emnist-letters-train-images-idx3-ubyte.gz"),
                "is called like one of MNIST's files: give the folder that has them all");
        Files.delete(folder.resolve("emnist-letters-train-images-idx3-ubyte.gz"));
        jpeg("cifar/train/dog/a.jpg");
        refuses(folder, "holds the dataset cifar");
        jpeg("cifar/train/loose.jpg");
        refuses(folder.resolve("cifar"), "both class folders and images");
        Files.delete(folder.resolve("cifar/train/loose.jpg"));
        jpeg("cifar/val/x.jpg");
        refuses(folder.resolve("cifar"), "in no class folders");
        jpeg("cifar/test/wolf/x.jpg");
        refuses(folder.resolve("cifar"), "is no class of");
    }
}
