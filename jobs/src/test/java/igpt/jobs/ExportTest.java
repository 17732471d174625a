package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import igpt.api.Encoder;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Weights;
import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import igpt.schema.parquet.EmbeddingTable;
import igpt.schema.parquet.PredictionTable;
import igpt.train.Masks;
import igpt.weights.OurWeights;
import igpt.weights.PublishedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Models leave the runs in a folder of their own, and are used in a program of the user's. */
class ExportTest {
    @TempDir
    private static Path home;

    private static Workplace place;
    private static Path photos; // 24 x 18 pixels, as PNG: Java decodes them to the same pixels as TensorFlow

    /** Run 1 trains and probes, 2 fine-tunes; 3 is a BERT, which 4 probes. */
    @BeforeAll
    static void models() throws Exception {
        place = Workplace.in(home);
        photos = home.resolve("photos");
        Photos.draw(photos, 15, "png");
        String[] small = {"batch=8", "iterations=20", "save_every=10"};
        place.ask(
                0,
                Workplace.with(
                        new String[] {"run", "reproduce", "data=" + photos, "resolution=8", "colours=8", "model=tiny"},
                        Workplace.with(small, "untrained=false", "pixels=false")));
        place.ask(0, Workplace.with(new String[] {"run", "finetune"}, small));
        place.ask(0, Workplace.with(new String[] {"run", "pretrain", "objective=bert", "model=tiny"}, small));
        place.ask(0, "run", "probe", "checkpoint=3", "untrained=false", "pixels=false");
    }

    private static Path export(Path folder, String... more) {
        var run = Stream.concat(Stream.of("run", "export", "to=" + folder), Stream.of(more));
        assertThat(place.ask(0, run.toArray(String[]::new))).contains("exported tiny");
        return folder;
    }

    private static BufferedImage[] images() throws IOException {
        var images = new ArrayList<BufferedImage>();
        for (int i = 0; i < 8; i++) {
            images.add(ImageIO.read(photos.resolve("%s/%03d.png".formatted(i % 2 == 0 ? "cat" : "dog", i))
                    .toFile()));
        }
        return images.toArray(BufferedImage[]::new);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.list(folder)) {
            for (var file : (Iterable<Path>) all::iterator) {
                files.put(file.getFileName().toString(), Checksums.sha256(file));
            }
        }
        return files;
    }

    @Test
    void anExportHoldsAllThatIsNeededAndItsChecksums(@TempDir Path folder) throws Exception {
        assertThat(place.ask(0, "run", "export", "to=" + folder.resolve("deep/model"), "checkpoint=1", "--dry-run"))
                .containsPattern("time: about \\d+ s for all steps, .* for 16 MiB, measured just now");
        assertThat(folder).isEmptyDirectory();
        var model = export(folder.resolve("deep/model"), "checkpoint=1");
        var files = files(model);
        assertThat(files.keySet())
                .containsExactly(
                        "igpt.json",
                        "manifest.sha256",
                        "palette.npy",
                        "probe.npy",
                        "weights.data-00000-of-00001",
                        "weights.index");
        var manifest = files.remove("manifest.sha256");
        assertThat(Files.readAllLines(model.resolve("manifest.sha256")))
                .containsExactlyElementsOf(files.entrySet().stream()
                        .map(file -> file.getValue() + "  " + file.getKey())
                        .toList());
        assertThat(Files.readString(model.resolve("igpt.json")))
                .contains(
                        "\"resolution\" : 8",
                        "\"exif\" : \"auto\"",
                        "\"git_commit\"",
                        "\"background\" : \"ffffff\"",
                        "\"cat\"");
        // Adam's moments stay behind.
        assertThat(Files.size(model.resolve("weights.data-00000-of-00001")))
                .isLessThan(
                        Files.size(home.resolve("runs/1-reproduce/model/checkpoint-000020/weights.data-00000-of-00001"))
                                / 2);
        assertThat(place.ask(0, "query", "--format", "csv", "select folder, manifest_sha256, files from exports"))
                .contains("%s,%s,6".formatted(model, manifest));
    }

    @Test
    void theSameCommandMakesItAgainInTheSameBytesOnceItIsGone(@TempDir Path folder) throws Exception {
        var model = export(folder.resolve("model"), "checkpoint=3");
        var before = files(model);
        String[] again = {"run", "export", "checkpoint=3", "to=" + model};
        assertThat(place.ask(0, again)).contains("complete already");
        FileSystemUtils.deleteRecursively(model);
        assertThat(place.ask(0, again)).contains("its files are gone", "exported tiny");
        assertThat(files(model)).isEqualTo(before);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(model);
        }
    }

    @Test
    void anotherModelReplacesAnExportAndNothingElse(@TempDir Path folder) throws Exception {
        var model = export(folder.resolve("model"), "checkpoint=1");
        export(model, "checkpoint=2");
        try (var encoder = Encoder.open(model)) {
            assertThat(encoder.provenance().classifierRun()).isEqualTo(2);
        }
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/letter.txt"), "dear");
        refuses("is there and is no export", "to=" + folder.resolve("mine"));
        refuses("cannot be made", "to=" + folder.resolve("mine/letter.txt/model"));
        refuses("is a file: give a folder", "to=" + folder.resolve("mine/letter.txt"));
        refuses("give the folder to make, to=FOLDER");
        refuses("not of checkpoint=1@20", "classifier=4", "checkpoint=1", "to=" + folder.resolve("new"));
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("mine/letter.txt")).hasContent("dear");
        export(Files.createDirectory(folder.resolve("empty")), "classifier=none");
    }

    /** A fine-tuned classifier goes along, there and back. */
    @ParameterizedTest
    @ValueSource(strings = {"igpt", "huggingface", "openai"})
    void exportedAndImportedElsewhereAllWeightsAreTheSameBytes(String format, @TempDir Path folder) throws Exception {
        var config = new ModelConfig(2, 16, 2, 64, 8);
        var best = place.ask(0, "query", "--format", "csv", "select iteration from classifier_results where run = 2")
                .lines()
                .toList()
                .get(1);
        var prefix = home.resolve("runs/2-finetune/classifier/checkpoint-0000%s/weights".formatted(best));
        var tuned = OurWeights.open(prefix, config, new Head(2, 2));
        var model = export(folder.resolve("model"), "checkpoint=2", "format=" + format);
        if (!format.equals("igpt")) {
            var published = PublishedModel.open(model, null).weights();
            assertThat(published.classes()).isEqualTo(2);
            assertThat(published.read(Head.WEIGHT)).isEqualTo(tuned.read(Head.WEIGHT));
        }
        var other = folder.resolve("other");
        var elsewhere = Workplace.in(other);
        assertThat(elsewhere.ask(0, "run", "import", "from=" + model))
                .contains("8 x 8 pixels, 8 colours", "with a classifier of 2 classes, on layer 2");
        var imported = other.resolve("runs/1-import/model");
        var iteration = format.equals("huggingface") ? "00" : best; // which has no place for it
        var weights = OurWeights.open(imported.resolve("checkpoint-0000%s/weights".formatted(iteration)), config, null);
        for (var weight : Weights.of(config)) {
            assertThat(weights.read(weight.name())).as(weight.name()).isEqualTo(tuned.read(weight.name()));
        }
        var said = elsewhere.ask(0, "run", "classify", "data=" + photos);
        assertThat(said).contains("fine-tuned classifier model (run 1), layer 2, 2 classes");
        var named = !format.equals("openai"); // which has no place for names
        var rows = PredictionTable.read(other.resolve("runs/2-classify/classification/part-00000.parquet"));
        assertThat(rows.stream().map(ExportTest::answer))
                .containsExactlyElementsOf(PredictionTable.read(made(
                                place.ask(0, "run", "classify", "--again", "classifier=2", "data=" + photos),
                                "classify",
                                "classification"))
                        .stream()
                        .map(ExportTest::answer)
                        .toList());
        assertThat(rows.stream().flatMap(row -> row.classes().stream()))
                .containsOnly(named ? new String[] {"cat", "dog"} : new String[] {"0", "1"});
        var again = folder.resolve("again");
        elsewhere.ask(0, "run", "export", "checkpoint=1", "format=huggingface", "to=" + again);
        assertThat(Files.readString(again.resolve("README.md")))
                .contains("Trained elsewhere; imported by run 1", "Fine-tuned elsewhere to 2 classes");
        assertThat(PublishedModel.open(again, null).weights().read(Head.WEIGHT)).isEqualTo(tuned.read(Head.WEIGHT));
        assertThat(imported.resolve("palette.npy"))
                .hasSameBinaryContentAs(home.resolve("runs/1-reproduce/dataset/palette.npy"));
    }

    private static List<Object> answer(PredictionTable.Row row) {
        return List.of(row.file(), row.probabilities());
    }

    @Test
    void huggingFacesFolderSaysWhatItIs(@TempDir Path folder) throws Exception {
        var model =
                export(folder.resolve("model"), "checkpoint=1", "format=huggingface"); // its probe has no place there
        assertThat(files(model).keySet())
                .containsExactly(
                        "README.md", "config.json", "manifest.sha256", "model.safetensors", "preprocessor_config.json");
        assertThat(Files.readString(model.resolve("README.md")))
                .contains("2 layers of width 16 in 2 heads", "8 x 8 pixels in 8 colours")
                .contains("Trained on: photos (run 1)")
                .containsPattern("Checkpoint: run 1, iteration 20; by commit \\S+, seed 0")
                .containsPattern("Validation loss: [\\d.]+ nats a pixel")
                .contains("sos first", "do not shift", "ln_1(hidden[layer]).mean(1)");
        assertThat(Files.readString(model.resolve("config.json")))
                .contains("\"vocab_size\" : 9", "\"attn_pdrop\" : 0.0", "\"quick_gelu\"")
                .contains("\"reorder_and_upcast_attn\" : true"); // heads are 8 wide
        refuses("sees no pixels that come later", "checkpoint=3", "format=huggingface", "to=" + folder.resolve("new"));
        refuses("has no place for a probe", "classifier=1", "format=openai", "to=" + folder.resolve("new"));
    }

    /** What a server makes of the folder is what this program answers: a probe, a fine-tuned classifier, a BERT's probe. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void onnxRuntimeAnswersWhatThisProgramAnswers(int run, @TempDir Path folder) throws Exception {
        var model = export(folder.resolve("model"), "checkpoint=" + run, "format=onnx", "layer=all");
        var masks = new Masks(0.15, 0);
        int votes = run == 4 ? 5 : 1;
        try (var onnx = OnnxRuntime.open(model, 8);
                var encoder = Encoder.open(export(folder.resolve("igpt"), "checkpoint=" + run))) {
            for (var image : List.of(images()[0], images()[3])) {
                var answer = onnx.answer(image, masks, 0);
                for (int layer = 0; layer <= encoder.layers(); layer++) {
                    assertThat(answer.get("features_" + layer))
                            .containsExactly(encoder.embed(layer, image)[0], within(1e-5f));
                }
                var probabilities = new double[2];
                for (int mask = 0; mask < votes; mask++) {
                    var said = onnx.answer(image, masks, mask).get("probabilities");
                    probabilities[0] += said[0] / votes;
                    probabilities[1] += said[1] / votes;
                }
                var expected = encoder.classify(image).get(0).probabilities();
                assertThat(probabilities)
                        .containsExactly(
                                new double[] {
                                    Objects.requireNonNull(expected.get("cat")),
                                    Objects.requireNonNull(expected.get("dog"))
                                },
                                within(1e-5));
            }
        }
    }

    @Test
    void onnxsFolderSaysHowToCallItAndIsTheSameBytesAgain(@TempDir Path folder) throws Exception {
        var model = export(folder.resolve("model"), "checkpoint=1", "format=onnx");
        var files = files(model);
        assertThat(files.keySet())
                .containsExactly("README.md", "igpt.json", "manifest.sha256", "model.onnx", "palette.npy");
        assertThat(Files.readString(model.resolve("igpt.json")))
                .contains("\"format\" : \"onnx\"", "\"opset\" : 13", "\"name\" : \"tokens\"", "\"int64\"")
                .contains("\"name\" : \"probabilities\"", "\"cat\"", "\"resolution\" : 8", "\"git_commit\"");
        assertThat(Files.readString(model.resolve("README.md")))
                .contains("| `tokens` | in, int64 | [batch, 64] |", "| `features` | out, float32 | [batch, 16] |")
                .contains("Classified by a linear probe on layer", "to 2 classes: cat, dog", "onnxruntime");
        assertThat(files(export(folder.resolve("again"), "checkpoint=1", "format=onnx")))
                .isEqualTo(files);
        refused(model, "for programs that read ONNX: export the model again with format=igpt");
        assertThat(place.ask(2, "run", "import", "from=" + model)).contains("for programs that read ONNX");
        var to = "to=" + folder.resolve("new");
        refuses("cannot be 3: the model has the layers 0 to 2", "checkpoint=1", "format=onnx", "layer=3", to);
        refuses("give layer=1 or layer=all", "checkpoint=1", "format=onnx", "classifier=none", to);
        refuses("is for format=onnx", "checkpoint=1", "layer=1", to);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private static void refuses(String why, String... given) {
        var run = Stream.concat(Stream.of("run", "export"), Stream.of(given));
        var said = place.ask(2, run.toArray(String[]::new));
        assertThat(said.lines().filter(line -> line.startsWith("igpt: ")))
                .hasSize(1)
                .first()
                .asString()
                .contains(why);
    }

    /** Killed before it has written, and after, before its row is there. */
    @Test
    void anExportThatIsKilledIsWholeOrNotThere(@TempDir Path folder) throws Exception {
        var model = folder.resolve("model");
        String[] run = {"run", "export", "checkpoint=1@10", "classifier=none", "to=" + model};
        assertThat(place.killAt(2, run)).isTrue();
        assertThat(model).doesNotExist();
        assertThat(place.killAt(3, run)).isTrue();
        var whole = files(model);
        assertThat(whole).containsKey("manifest.sha256");
        place.ask(0, run);
        assertThat(files(model)).isEqualTo(whole);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(model);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void itsFeaturesAndClassesAreThoseOfTheJobs(int run, @TempDir Path folder) throws Exception {
        var said = place.ask(0, "run", "classify", "classifier=" + run, "data=" + photos);
        var predicted = new TreeMap<String, PredictionTable.Row>();
        PredictionTable.read(made(said, "classify", "classification")).forEach(row -> predicted.put(row.file(), row));
        try (var encoder = Encoder.open(export(folder.resolve("model"), "checkpoint=" + run))) {
            assertThat(encoder.classes()).containsExactly("cat", "dog");
            for (int i = 0; i < 8; i++) {
                var file = "%s/%03d.png".formatted(i % 2 == 0 ? "cat" : "dog", i);
                var prediction = encoder.classify(images()[i]).get(0);
                var row = Objects.requireNonNull(predicted.get(file));
                if (run != 4) { // a BERT's masks depend on an image's place
                    assertThat(prediction.probability())
                            .isCloseTo(row.probabilities().get(0), within(1e-4));
                    assertThat(prediction.name()).isEqualTo(row.classes().get(0));
                }
                assertThat(prediction.probabilities().values().stream()
                                .mapToDouble(p -> p)
                                .sum())
                        .isCloseTo(1, within(1e-9));
            }
            assertThat(encoder.provenance().run()).isEqualTo(run == 4 ? 3 : run);
            assertThat(encoder.provenance().gitCommit()).isNotBlank();
        }
        if (run == 1) {
            embeddings(folder.resolve("model"));
        }
    }

    private static void embeddings(Path model) throws Exception {
        var said = place.ask(0, "run", "embed", "checkpoint=1", "layer=all", "data=" + photos);
        var embedded = new TreeMap<String, float[]>();
        EmbeddingTable.read(made(said, "embed", "embedding"))
                .forEach(row -> embedded.put(row.file() + row.layer(), row.values()));
        try (var encoder = Encoder.open(model)) {
            for (int layer = 0; layer <= encoder.layers(); layer++) {
                var features = encoder.embed(layer, images());
                for (int i = 0; i < 8; i++) {
                    var file = "%s/%03d.png".formatted(i % 2 == 0 ? "cat" : "dog", i);
                    assertThat(features[i]).containsExactly(embedded.get(file + layer), within(1e-5f));
                }
            }
        }
    }

    private static Path made(String said, String job, String what) {
        var run = said.replaceFirst("(?s).*run (\\d+) " + job + " completed.*", "$1");
        return home.resolve("runs/%s-%s/%s/part-00000.parquet".formatted(run, job, what));
    }

    @Test
    void anImageGivesTheSameBitsAloneAndAmongOthersInAnyThreadAndFromARunsFolder() throws Exception {
        var images = images();
        try (var encoder = Encoder.open(home.resolve("runs/1-reproduce"))) {
            var together = encoder.embed(images);
            var classes = encoder.classify(images);
            var threads = Executors.newFixedThreadPool(4);
            try {
                var calls = new ArrayList<Callable<float[][]>>();
                for (var image : images) {
                    calls.add(() -> encoder.embed(image));
                }
                var alone = threads.invokeAll(calls);
                for (int i = 0; i < images.length; i++) {
                    assertThat(alone.get(i).get()[0]).isEqualTo(together[i]);
                    assertThat(encoder.classify(images[i])).containsExactly(classes.get(i));
                }
            } finally {
                threads.shutdownNow();
            }
            var many = IntStream.range(0, 19).mapToObj(i -> images[i % 8]).toArray(BufferedImage[]::new);
            var grouped = encoder.embed(many);
            assertThat(IntStream.range(0, 19)).allMatch(i -> Arrays.equals(grouped[i], together[i % 8]));
            assertThat(encoder.embed()).isEmpty();
        }
    }

    @Test
    void itDrawsTheImagesThatTheJobDraws() throws Exception {
        var said = place.ask(0, "run", "sample", "checkpoint=1", "samples=3", "seed=7");
        var drawn = home.resolve(
                "runs/%s-sample/samples".formatted(said.replaceFirst("(?s).*run (\\d+) sample completed.*", "$1")));
        try (var encoder = Encoder.open(home.resolve("runs/1-reproduce"));
                var bert = Encoder.open(home.resolve("runs/4-probe"))) {
            var images = encoder.sample(7, 17); // more than are drawn at a time
            assertThat(images).hasSize(17);
            for (int i = 0; i < 3; i++) {
                var same = ImageIO.read(
                        drawn.resolve("sample-0000%d.png".formatted(i)).toFile());
                assertThat(pixels(images.get(i))).isEqualTo(pixels(same));
            }
            assertThat(pixels(encoder.sample(8, 1).get(0))).isNotEqualTo(pixels(images.get(0)));
            assertThat(encoder.sample(7, 0)).isEmpty();
            assertThatThrownBy(() -> bert.sample(7, 1))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("BERT");
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    @SuppressWarnings("NullAway") // as a program that does not check for it
    void whatCannotBeOpenedIsRefusedInOneLine(@TempDir Path folder) throws Exception {
        refused(home.resolve("photos"), "neither an export nor a run's folder");
        refused(home.resolve("runs/9-probe"), "neither an export nor a run's folder");
        FileSystemUtils.copyRecursively(home.resolve("runs/4-probe"), folder.resolve("4-probe"));
        refused(folder.resolve("4-probe"), "./igpt run export checkpoint=4 to=FOLDER");

        var model = export(folder.resolve("model"), "checkpoint=1", "classifier=none");
        var encoder = Encoder.open(model);
        assertThatThrownBy(() -> encoder.classify(images()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("exported without a classifier");
        assertThat(encoder.embed()).isEmpty();
        assertThat(encoder.sample(0, 0)).isEmpty();
        assertThatThrownBy(() -> encoder.embed((BufferedImage[]) null)).hasMessage("images is null");
        assertThatThrownBy(() -> encoder.embed(images()[0], null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("image 1 of 2 is null");
        assertThatThrownBy(() -> encoder.embed(99, images())).hasMessage("layer 99 of 0 to 2");
        assertThatThrownBy(() -> encoder.sample(0, -1)).isInstanceOf(IllegalArgumentException.class);
        encoder.close();
        encoder.close();
        for (var call : List.<Callable<?>>of(
                () -> encoder.embed(images()),
                encoder::embed,
                () -> encoder.classify(images()),
                () -> encoder.sample(0, 1))) {
            assertThatThrownBy(call::call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the encoder is closed");
        }
        var weights = model.resolve("weights.data-00000-of-00001");
        var bytes = Files.readAllBytes(weights);
        bytes[99] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> Encoder.open(model))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("weights.data")
                .hasMessageEndingWith("make it again: ./igpt run export checkpoint=RUN to=FOLDER --again");
        Files.delete(model.resolve("palette.npy"));
        assertThatThrownBy(() -> Encoder.open(model)).hasMessageContaining("is missing");

        var later = export(folder.resolve("later"), "checkpoint=1", "classifier=none");
        changed(later, "\"version\" : 1", "\"version\" : 2");
        refused(later, "is of format igpt 2, which this version does not read: export it again");
        changed(later, "\"version\" : 2", "\"version\" : 1");
        changed(later, "\"provenance\"", "\"origin\"");
        refused(later, "igpt.json: provenance is missing; copy the folder again");
        changed(later, "\"layers\" : 2", "\"layers\" : 3");
        changed(later, "\"origin\"", "\"provenance\"");
        refused(later, "is missing: this is no Image GPT, or not all of one");
        changed(later, "}\n", "");
        refused(later, "igpt.json: it is no whole JSON; copy the folder again");
        Files.delete(later.resolve("manifest.sha256"));
        refused(later, "manifest.sha256: it is missing; copy the folder again");
    }

    /** With the checksum that goes with it: by whoever writes such folders. */
    private static void changed(Path model, String from, String to) throws IOException {
        var file = model.resolve("igpt.json");
        var manifest = model.resolve("manifest.sha256");
        var before = Checksums.sha256(file);
        Files.writeString(file, Files.readString(file).replace(from, to));
        Files.writeString(manifest, Files.readString(manifest).replace(before, Checksums.sha256(file)));
    }

    private static void refused(Path folder, String why) {
        assertThatThrownBy(() -> Encoder.open(folder))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aRunsFolderOpensWithWhatItMade() throws Exception {
        for (var run : List.of("2-finetune", "3-pretrain", "4-probe")) {
            try (var encoder = Encoder.open(home.resolve("runs").resolve(run))) {
                assertThat(encoder.embed(images())).hasDimensions(8, 16);
                assertThat(encoder.provenance().dataset()).isEqualTo("photos");
                assertThat(encoder.classify(images())).hasSize(8);
            }
        }
    }
}
