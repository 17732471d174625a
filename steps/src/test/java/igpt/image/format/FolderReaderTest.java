package igpt.image.format;

import static igpt.image.format.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.LeftOut;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.SplitPlan;
import igpt.image.decode.BrokenImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How folders are laid out, and what of them is left out. Empty files will do: nothing is decoded. */
class FolderReaderTest {
    private static final SourceOptions FOLDERS = SourceOptions.DEFAULT.with(Labels.FOLDERS);

    @TempDir
    Path folder;

    private void files(List<String> folders, int count) throws IOException {
        for (var name : folders) {
            for (int i = 0; i < count; i++) {
                file("%s/%03d.jpg".formatted(name, i));
            }
        }
    }

    private void file(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), new byte[0]);
    }

    private ImageSource open() {
        return Formats.open(folder.toString(), SourceOptions.DEFAULT);
    }

    /** {@code cat TRAIN 20, cat TEST 5 …}, and checked on the way: ids are places, and nothing is listed twice. */
    private static Map<String, Integer> counts(ImageSource source) {
        var counts = new TreeMap<String, Integer>();
        for (var image : source.images()) {
            assertThat(source.images().get((int) image.id())).isEqualTo(image);
            var name = image.label() < 0 ? "-" : source.classes().get(image.label());
            counts.merge(name + " " + image.split(), 1, Integer::sum);
        }
        assertThat(source.images()).extracting(ImageRef::source).doesNotHaveDuplicates();
        return counts;
    }

    @ParameterizedTest
    @CsvSource({
        "train, test",
        "Train, Test",
        "TRAIN, TEST",
        "training_set, test_set",
        "training, testing",
        "Training Set, eval",
        "train-images, test-images",
        "train, val",
        "Train, Valid",
        "trainset, validation_data",
        "train, dev",
        "training_set/training_set, test_set/test_set",
    })
    void aSplitIsKnownByItsNameHoweverThatIsSpelt(String train, String test) throws IOException {
        files(List.of(train + "/cat", train + "/dog"), 20);
        files(List.of(test + "/cat", test + "/dog"), 5);

        assertThat(open().classes()).containsExactly("cat", "dog");
        assertThat(counts(open())).isEqualTo(Map.of("cat TRAIN", 20, "dog TRAIN", 20, "cat TEST", 5, "dog TEST", 5));
    }

    @Test
    void imagesGivenForValidationAreThat() throws IOException {
        files(List.of("train/cat", "train/dog"), 20);
        files(List.of("test/cat", "test/dog"), 5);
        var before = open().fingerprint();
        files(List.of("val/cat", "val/dog"), 6);

        assertThat(counts(open()))
                .isEqualTo(Map.of(
                        "cat TRAIN",
                        20,
                        "dog TRAIN",
                        20,
                        "cat VALIDATION",
                        6,
                        "dog VALIDATION",
                        6,
                        "cat TEST",
                        5,
                        "dog TEST",
                        5));
        assertThat(open().fingerprint()).isNotEqualTo(before);
        var plan = SplitPlan.of(open().images(), 0.1, 0, 0, 64, 1);
        assertThat(List.of(plan.count("train"), plan.count("validation"), plan.count("test")))
                .containsExactly(40, 12, 10);
        var limited = SplitPlan.of(open().images(), 0.1, 8, 0, 64, 1);
        assertThat(List.of(limited.count("train"), limited.count("validation"), limited.count("test")))
                .containsExactly(8, 8, 8);
        assertThat(counts(Formats.open(folder.toString(), SourceOptions.DEFAULT.with(Labels.NONE))))
                .isEqualTo(Map.of("- TRAIN", 40, "- VALIDATION", 12, "- TEST", 10));
    }

    @Test
    void imageNetsUnlabelledTestImagesAreLeftOutAndCounted() throws IOException {
        files(List.of("train/n01", "train/n02"), 3);
        files(List.of("val/n01", "val/n02"), 2);
        files(List.of("test"), 4);

        assertThat(counts(open())).isEqualTo(Map.of("n01 TRAIN", 3, "n02 TRAIN", 3, "n01 TEST", 2, "n02 TEST", 2));
        assertThat(open().leftOut().counts()).isEqualTo(Map.of("images in test/, which are in no class folders", 4));
    }

    @Test
    void whatLiesNextToTheSplitsIsLeftOutAndCounted() throws IOException {
        files(List.of("train/cat", "train/dog", "extra/cat"), 3);
        file("cover.jpg");

        assertThat(counts(open()).keySet()).noneMatch(name -> name.startsWith("extra"));
        assertThat(open().leftOut().counts())
                .isEqualTo(Map.of("images in extra/", 3, "images in no split's folder", 1));
    }

    @Test
    void whatMayBeSplitsOrClassesIsAsked() throws IOException {
        files(List.of("A/cat", "A/dog", "B/cat", "B/dog"), 10);
        refuses(folder, "are A and B splits or classes?");
        assertThat(counts(Formats.open(folder.toString(), FOLDERS)).keySet())
                .containsExactly("A TEST", "A TRAIN", "B TEST", "B TRAIN");
        Files.move(folder.resolve("A"), folder.resolve("train"));
        assertThat(counts(open()).keySet()).containsExactly("cat TEST", "cat TRAIN", "dog TEST", "dog TRAIN");
        assertThat(open().leftOut().counts()).isEqualTo(Map.of("images in B/", 20));
        var splits = open().fingerprint();
        var classes = Formats.open(folder.toString(), FOLDERS);
        assertThat(classes.classes()).containsExactly("B", "train");
        assertThat(classes.fingerprint()).isNotEqualTo(splits);
        Files.move(folder.resolve("B"), folder.resolve("training"));
        refuses(folder, "two folders of training images, train and training");
    }

    @Test
    void aClassOfTrainsIsAskedAbout() throws IOException {
        files(List.of("train", "car"), 10);
        refuses(folder, "is train a split or a class, as car may be?");
        assertThat(Formats.open(folder.toString(), FOLDERS).classes()).containsExactly("car", "train");
        var none = Formats.open(folder.toString(), SourceOptions.DEFAULT.with(Labels.NONE));
        assertThat(none.images()).hasSize(10);
    }

    @Test
    void classesThatHoldTheSameSingleFolderAreClasses() throws IOException {
        files(List.of("n01/images", "n02/images"), 10);
        assertThat(open().classes()).containsExactly("n01", "n02");
    }

    @Test
    void trainingImagesThatCannotBeReadAreNotReplacedByTestImages() throws IOException {
        file("train/cat/x.heic");
        files(List.of("test/cat"), 3);
        refuses(folder, "no images that can be read in " + folder.resolve("train"));
    }

    @Test
    void aNameInTwoFormsOfUnicodeIsOneClass() throws IOException {
        var composed = Normalizer.normalize("caf\u00e9", Normalizer.Form.NFC);
        var decomposed = Normalizer.normalize("caf\u00e9", Normalizer.Form.NFD);
        files(List.of("train/" + composed, "train/tea"), 20);
        files(List.of("test/" + decomposed, "test/tea"), 5);

        assertThat(counts(open()))
                .isEqualTo(Map.of(composed + " TRAIN", 20, "tea TRAIN", 20, composed + " TEST", 5, "tea TEST", 5));

        files(List.of("train/" + decomposed), 4);
        assertThat(counts(open())).containsEntry(composed + " TRAIN", 24);
    }

    @Test
    @Timeout(60) // a pipe is waited for, if it is opened
    void oneThingThatCannotBeReadKeepsNobodyFromTheRest() throws Exception {
        files(List.of("cat", "dog"), 10);
        Files.createSymbolicLink(folder.resolve("cat/gone.jpg"), Path.of("/nowhere/x.jpg"));
        Files.createSymbolicLink(folder.resolve("cat/notes.txt"), Path.of("/nowhere/notes.txt"));
        Files.createSymbolicLink(folder.resolve("cat/again"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("dog/self.jpg"), Path.of("self.jpg"));
        var mkfifo = new ProcessBuilder("mkfifo", folder.resolve("dog/pipe.png").toString()).start();
        assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(mkfifo.exitValue()).isZero();

        try (var source = open()) {
            assertThat(source.images()).hasSize(20);
            assertThat(source.leftOut().skipped())
                    .containsExactlyInAnyOrder(
                            new LeftOut.Skipped("cat/gone.jpg", "a link to nothing"),
                            new LeftOut.Skipped("cat/again", "a link to a folder that it lies in"),
                            new LeftOut.Skipped("dog/self.jpg", "a link to nothing"),
                            new LeftOut.Skipped("dog/pipe.png", "a pipe, socket or device, not a file"));
            assertThatThrownBy(() -> source.read(new ImageRef(0, Split.TRAIN, 0, "dog/pipe.png"), new byte[3 * 16], 4))
                    .isInstanceOf(BrokenImageException.class);
        }
    }

    @Test
    void whatMayNotBeReadIsNamed() throws IOException {
        files(List.of("cat", "dog", "fox"), 10);
        assertThat(folder.resolve("fox").toFile().setExecutable(false)).isTrue();
        assertThat(folder.resolve("fox").toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(folder.resolve("fox"))).as("root reads all").isFalse();

        assertThat(open().images()).hasSize(20);
        assertThat(open().leftOut().skipped())
                .containsExactly(new LeftOut.Skipped("fox", "cannot be listed: permission denied"));
        assertThat(open().classes()).containsExactly("cat", "dog");
    }

    @Test
    void aNameThatIsNoUtf8IsReadAllTheSame() throws Exception {
        files(List.of("cat", "dog"), 2);
        var odd = Path.of(URI.create(folder.resolve("cat").toUri().toString().replaceFirst("/?$", "/") + "caf%E9.jpg"));
        Files.write(odd, new byte[] {1, 2, 3});

        try (var source = open()) {
            var sources = source.images().stream().map(ImageRef::source).toList();
            assertThat(sources).hasSize(5).contains("cat/caf\\xE9.jpg");
            int at = sources.indexOf("cat/caf\\xE9.jpg");
            assertThatThrownBy(() -> source.read(source.images().get(at), new byte[3 * 16], 4))
                    .isInstanceOf(BrokenImageException.class)
                    .hasMessageNotContaining("gone"); // found, and no picture
            var before = source.fingerprint();
            Files.write(odd, new byte[] {1});
            assertThat(open().fingerprint()).isNotEqualTo(before);
        }
    }

    @Test
    void whatSystemsAndProgramsPutThereIsLeftOutAndCounted() throws IOException {
        files(List.of("cat", "dog"), 3);
        for (var name : List.of("cat/@eaDir/000.jpg/THUMB_M.jpg", "dog/@eaDir/000.jpg/THUMB_M.jpg")) {
            file(name);
        }
        for (var name : List.of(
                "__MACOSX/cat/._000.jpg",
                "cat/.thumbnails/a.png",
                ".Trash-1000/files/b.jpg",
                "cat/._000.jpg",
                "cat/Thumbs.db",
                "dog/.DS_Store",
                "dog/desktop.ini",
                "dog/readme.txt",
                "dog/x.heic",
                "dog/y.HEIC")) {
            file(name);
        }

        var source = open();

        assertThat(source.images()).hasSize(6);
        assertThat(source.leftOut().counts())
                .isEqualTo(Map.of(
                        "files in @eaDir", 2,
                        "files in __MACOSX", 1,
                        "files in .thumbnails", 1,
                        "files in .Trash-1000", 1,
                        "hidden files", 1,
                        "system files", 3,
                        ".txt files", 1,
                        "HEIC files", 2));
        assertThat(LeftOut.words(source.leftOut().counts()))
                .startsWith("3 system files, ")
                .contains("2 files in @eaDir", "1 hidden file", "2 HEIC files");
    }

    @Test
    void picturesAreKnownByTheirContentAndAClassLeftEmptyIsNamed() throws IOException {
        files(List.of("cat", "dog"), 3);
        file("fox/a.heic");
        Files.createDirectories(folder.resolve("owl"));
        Files.write(folder.resolve("owl/photo"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});
        file("owl/b.jfif");

        var source = open();

        assertThat(source.classes()).containsExactly("cat", "dog", "owl");
        assertThat(source.images()).extracting(ImageRef::source).contains("owl/b.jfif", "owl/photo");
        assertThat(source.leftOut().counts()).isEqualTo(Map.of("HEIC files", 1));
        assertThat(source.leftOut().noClasses()).isEqualTo(Map.of("fox/", 1));
    }
}
