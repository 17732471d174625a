package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageRef;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.decode.Decoding;
import igpt.image.shapes.Shapes;
import igpt.picture.Pictures;
import igpt.schema.parquet.EmbeddingTable;
import igpt.schema.parquet.FeatureTable;
import igpt.schema.parquet.PredictionTable;
import igpt.schema.parquet.TokenTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** What models make of new images is what they made of the same images when they were tested. */
class PredictTest {
    private static final int IMAGES = 60; // of shapes, to train on and to test on
    private static final int RESOLUTION = 8;
    private static final String[] TINY = {
        "run",
        "reproduce",
        "resolution=" + RESOLUTION,
        "colours=8",
        "model=tiny",
        "batch=8",
        "iterations=20",
        "save_every=10",
        "feature_batch=16",
        "untrained=false"
    };

    @TempDir
    private static Path home;

    private static Workplace place;
    private static Path photos;
    private static Path drawn; // the shapes to test on, as files

    /** Run 1 is of shapes, 2 fine-tunes it; 3 is a BERT, 4 probes and 5 fine-tunes that; 6 is of photos. */
    @BeforeAll
    static void models() throws Exception {
        place = Workplace.in(home);
        photos = home.resolve("photos");
        drawn = home.resolve("drawn");
        Photos.draw(photos, 30, "jpg");
        draw(drawn);
        String[] tune = {"run", "finetune", "batch=8", "iterations=10", "save_every=10"};
        place.ask(0, Workplace.with(TINY, "data=shapes", "images=" + IMAGES));
        place.ask(0, Workplace.with(tune, "checkpoint=1"));
        place.ask(0, "run", "pretrain", "objective=bert", "model=tiny", "batch=8", "iterations=10", "save_every=10");
        place.ask(0, "run", "probe", "checkpoint=3", "untrained=false", "pixels=false");
        place.ask(0, Workplace.with(tune, "checkpoint=3"));
        place.ask(0, Workplace.with(TINY, "data=" + photos));
    }

    private static void draw(Path folder) throws Exception {
        var options = new SourceOptions(0, IMAGES, IMAGES, SourceOptions.DEFAULT.labels(), -1, Decoding.DEFAULT);
        try (var shapes = new Shapes(options)) {
            for (ImageRef image : shapes.images()) {
                if (image.split() == Split.TEST) {
                    var rgb = new byte[3 * RESOLUTION * RESOLUTION];
                    shapes.read(image, rgb, RESOLUTION);
                    Pictures.write(Pictures.of(rgb, RESOLUTION, RESOLUTION), folder.resolve(image.source() + ".png"));
                }
            }
        }
    }

    private static long number(String said) {
        var run =
                Pattern.compile("(?m)^run (\\d+) (?:embed|classify) completed").matcher(said);
        assertThat(run.find()).as(said).isTrue();
        return Long.parseLong(run.group(1));
    }

    private static String value(String query) {
        var lines = place.ask(0, "query", "--format", "csv", query).lines().toList();
        assertThat(lines).as(query).hasSize(2);
        return lines.get(1);
    }

    private static String accuracy(long run) {
        return value("select accuracy from prediction_summary where run = " + run);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', test_accuracy from probe_by_layer where run = 1 and network = 'trained' and best",
        "1, layer=0, test_accuracy from probe_by_layer where run = 1 and network = 'trained' and layer = 0",
        "2, '', test_accuracy from classifier_results where run = 2",
        "4, '', vote_accuracy from probe_by_layer where run = 4 and network = 'trained' and best",
        "5, '', vote_accuracy from classifier_results where run = 5",
    })
    void aClassifierIsAsRightAsWhenItWasTested(int classifier, String more, String tested) {
        var run = new ArrayList<>(List.of("run", "classify", "classifier=" + classifier, "dataset=shapes"));
        Stream.of(more).filter(given -> !given.isEmpty()).forEach(run::add);
        var said = place.ask(0, run.toArray(String[]::new));
        assertThat(accuracy(number(said))).isEqualTo(value("select " + tested));
    }

    @Test
    void soItIsOnTheSameImagesAsFiles() throws Exception {
        var said = place.ask(0, "run", "classify", "classifier=1", "data=" + drawn, "part_rows=25");
        long run = number(said);
        assertThat(accuracy(run))
                .isEqualTo(value(
                        "select test_accuracy from probe_by_layer where run = 1 and network = 'trained' and best"));
        assertThat(said)
                .contains("shown as the model learnt: 8 x 8 pixels, 8 colours")
                .contains(" %% of %d images with a class".formatted(IMAGES));
        var folder = home.resolve("runs/%d-classify/classification".formatted(run));
        assertThat(Files.readAllLines(folder.resolve("predictions.csv"))).hasSize(1 + IMAGES);
        assertThat(Files.readAllLines(folder.resolve("confusion.csv"))).hasSize(1 + 10);
        assertThat(ImageIO.read(folder.resolve("confusion.png").toFile()).getWidth())
                .isGreaterThan(300);
        assertThat(ImageIO.read(folder.resolve("mistakes.png").toFile()).getWidth())
                .isGreaterThan(300);
        int right = 0;
        for (int part = 0; part < 3; part++) {
            for (var row : PredictionTable.read(folder.resolve("part-0000%d.parquet".formatted(part)))) {
                assertThat(row.file()).startsWith(row.label() + "/");
                assertThat(row.classes()).hasSize(5).doesNotHaveDuplicates();
                assertThat(row.probabilities().stream().mapToDouble(p -> p).sum())
                        .isBetween(0.5, 1 + 1e-9);
                right += row.classes().get(0).equals(row.label()) ? 1 : 0;
            }
        }
        assertThat(Double.parseDouble(accuracy(run))).isEqualTo((double) right / IMAGES);
        assertThat(value("select sum(images) from prediction_confusion where label = predicted and run = " + run))
                .isEqualTo(String.valueOf(right));
    }

    @Test
    void embeddingsAreTheProbesFeaturesToTheLastBit() throws Exception {
        var said = place.ask(0, "run", "embed", "checkpoint=1", "layer=all", "data=" + drawn, "part_rows=32");
        same(number(said), 1, file -> Long.parseLong(file.replaceAll(".*/|\\.png", "")), IMAGES);
    }

    @Test
    void soAreThoseOfPhotos() throws Exception {
        var said = place.ask(0, "run", "embed", "checkpoint=6", "layer=0,1,2", "data=" + photos);
        var ids = new HashMap<String, Long>();
        try (var tokens = TokenTable.open(home.resolve("runs/6-reproduce/dataset/test-00000.parquet"))) {
            tokens.forEach((id, label, source, row) -> ids.put(source, id));
        }
        assertThat(ids).hasSize(6);
        same(number(said), 6, file -> ids.getOrDefault(file, -1L), ids.size());
    }

    /** @param id of the image in the dataset that was probed, by its file; negative: it is not one of those tested */
    private static void same(long run, int probed, Function<String, Long> id, int images) throws IOException {
        var embedded = new HashMap<String, float[]>();
        for (var file : files("runs/%d-embed/embedding".formatted(run))) {
            for (var row : EmbeddingTable.read(file)) {
                assertThat(row.file()).startsWith(row.label() + "/");
                embedded.put(id.apply(row.file()) + " " + row.layer(), row.values());
            }
        }
        for (int layer = 0; layer <= 2; layer++) {
            var features = FeatureTable.read(home.resolve(
                    "runs/%d-reproduce/features/trained/layer-0%d/test-00000.parquet".formatted(probed, layer)));
            assertThat(features.ids()).hasSize(images);
            for (int i = 0; i < images; i++) {
                int width = features.width();
                var wanted = Arrays.copyOfRange(features.values(), i * width, (i + 1) * width);
                assertThat(embedded.get(features.ids()[i] + " " + layer)).isEqualTo(wanted);
            }
        }
    }

    private static List<Path> files(String folder) throws IOException {
        try (var files = Files.list(home.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void imagesNeedNoClassesAndMayHaveOthers(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("Dog"));
        Files.createDirectories(folder.resolve("zebra"));
        Files.copy(photos.resolve("dog/001.jpg"), folder.resolve("Dog/1.jpg"));
        Files.copy(photos.resolve("cat/001.jpg"), folder.resolve("zebra/1.jpg"));
        Files.copy(photos.resolve("cat/002.jpg"), folder.resolve("loose.jpg"));
        Files.write(folder.resolve("zebra/broken.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
        Files.writeString(folder.resolve("notes.txt"), "not an image");
        var said = place.ask(0, "run", "classify", "classifier=6", "data=" + folder);
        assertThat(said)
                .contains("4 images, shown as the model learnt")
                .contains("zebra: no class of the classifier; images of it do not count")
                .contains("left out: 1 .txt file")
                .contains("skipped zebra/broken.jpg: a damaged JPEG file")
                .contains("3 images; 1 skipped; accuracy")
                .contains("of 1 image with a class");
        long run = number(said);
        assertThat(place.ask(
                        0,
                        "query",
                        "--format",
                        "csv",
                        "select file, label, correct is null from predictions where run = %d order by file"
                                .formatted(run)))
                .contains("Dog/1.jpg,dog,false", "loose.jpg,,true", "zebra/1.jpg,zebra,true");
        assertThat(value("select reason from skipped_images where run = " + run))
                .contains("damaged JPEG");
        assertThat(value("select what from dataset_findings where run = " + run))
                .isEqualTo(".txt files");

        var one = place.ask(0, "run", "classify", "classifier=6", "data=" + folder.resolve("loose.jpg"));
        assertThat(one).contains("1 image; none has a class that the classifier knows");
        var written = home.resolve("runs/%d-classify/classification".formatted(number(one)));
        try (var files = Files.list(written)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("part-00000.parquet", "predictions.csv");
        }
    }

    @Test
    void theBestLayerIsTheProbesAndTheSameCommandDoesNothing() {
        String[] embed = {"run", "embed", "checkpoint=6", "data=" + photos};
        var said = place.ask(0, embed);
        var best = value("select layer from probe_by_layer where run = 6 and network = 'trained' and best");
        assertThat(said).contains("layer " + best + ", the best by the probe of run 6");
        assertThat(value("select layers from embeddings where run = " + number(said)))
                .isEqualTo(best);
        assertThat(place.ask(0, embed)).contains("complete already");
        assertThat(place.ask(0, "show", String.valueOf(number(said))))
                .contains("EMBEDDINGS")
                .contains("*.parquet");
    }

    @Test
    void aSetOfItsOwnSplitsGivesThoseToTestOn(@TempDir Path folder) throws Exception {
        FileSystemUtils.copyRecursively(photos, folder.resolve("train"));
        FileSystemUtils.copyRecursively(photos.resolve("dog"), folder.resolve("Test/dog"));
        assertThat(place.ask(0, "run", "classify", "classifier=6", "data=" + folder, "--dry-run"))
                .contains("30 test images (split=all: all 90)")
                .containsPattern("time: about \\d+ s for all steps, .* for 32 images, measured just now")
                .contains("would start a new run");
        assertThat(place.ask(0, "run", "classify", "classifier=6", "data=" + folder, "split=all", "--dry-run"))
                .contains("90 images, shown as");
    }

    @Test
    void whatCannotBeIsRefusedInOneLine(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        refuses("give the images, data=FOLDER", "classify");
        refuses("and not both", "classify", "data=" + photos, "dataset=shapes");
        refuses("run 3 (pretrain) made no classifier", "classify", "classifier=3", "data=" + photos);
        refuses("there is no run 99", "classify", "classifier=99", "data=" + photos);
        refuses("unknown classifier 'tinny': did you mean 'tiny'?", "classify", "classifier=tinny", "data=" + photos);
        refuses(
                "is a fine-tuned classifier, which reads layer 2",
                "classify",
                "classifier=2",
                "layer=1",
                "data=" + photos);
        refuses("probes of run 1 are on the layers 0 to 2", "classify", "classifier=1", "layer=7", "data=" + photos);
        refuses("has another palette than the model", "classify", "classifier=6", "dataset=shapes");
        refuses("is empty", "classify", "data=" + folder.resolve("empty"));
        refuses("no such file or folder", "embed", "checkpoint=1", "data=" + folder.resolve("none"));
        refuses("the model has the layers 0 to 2", "embed", "checkpoint=1", "layer=1,9", "data=" + photos);
        refuses("it must be best, all, or numbers", "embed", "checkpoint=1", "layer=last", "data=" + photos);
        refuses(
                "./igpt run probe checkpoint=1@10, or give layer=1 or layer=all",
                "embed",
                "checkpoint=1@10",
                "data=" + photos);
        refuses("there are no train images", "embed", "checkpoint=1", "split=train", "data=" + photos);
    }

    @Test
    void aDryRunOfEmbedTriesABatch() {
        assertThat(place.ask(0, "run", "embed", "checkpoint=1", "layer=1", "dataset=1", "split=all", "--dry-run"))
                .containsPattern("time: about \\d+ s for all steps, .* for 32 images, measured just now");
    }

    private static void refuses(String why, String... job) {
        var said = place.ask(2, Stream.concat(Stream.of("run"), Stream.of(job)).toArray(String[]::new));
        assertThat(said.lines().filter(line -> line.startsWith("igpt: ")))
                .as(said)
                .hasSize(1)
                .first()
                .asString()
                .contains(why);
    }

    @Test
    void noImageThatCanBeReadIsRefusedAtOnceOrEndsTheRunForGood(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("a.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2});
        refuses(
                "none of the images of %s can be read (a.jpg: a damaged JPEG file): mend them, or give others"
                        .formatted(folder.getFileName()),
                "embed",
                "checkpoint=1",
                "layer=1",
                "data=" + folder);
        byte[] whole = Files.readAllBytes(photos.resolve("dog/001.jpg"));
        Files.write(folder.resolve("a.jpg"), Arrays.copyOf(whole, whole.length / 2)); // its header is sound
        assertThat(place.ask(1, "run", "embed", "checkpoint=1", "layer=1", "data=" + folder))
                .contains("skipped a.jpg: a damaged JPEG file")
                .contains("none of the images can be read (named above): mend them, or give others")
                .doesNotContain("resume");
    }

    @Test
    void whatIsLeftTellsWhereItCameFrom() {
        var said = place.ask(0, "run", "classify", "classifier=6", "data=" + photos, "layer=1");
        var inputs = new TreeSet<>(place.ask(
                        0,
                        "query",
                        "--format",
                        "csv",
                        "select kind, input_kind, input_run from lineage where run = " + number(said))
                .lines()
                .skip(1)
                .toList());
        assertThat(inputs).containsExactly("CLASSIFICATION,PROBE,6");
        assertThat(place.ask(1, "delete", "6", "--yes"))
                .contains("is needed by")
                .contains("classify");
    }
}
