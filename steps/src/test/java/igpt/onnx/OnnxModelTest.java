package igpt.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Sequences;
import igpt.model.Tap;
import igpt.model.Weight;
import igpt.model.Weights;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.weights.Fixture;
import igpt.weights.ModelWeights;
import igpt.weights.OurWeights;
import igpt.weights.PublishedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, as ONNX Runtime computes it: next to the formulas in float64, and next to our own graph. */
class OnnxModelTest {
    private static final List<Integer> ALL = List.of(0, 1, 2);
    private static final Map<String, String> ABOUT = Map.of("made", "by a test");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Objective.class)
    void theFixturesFeaturesAreThoseThatAreExpected(Objective objective) throws Exception {
        var features = features(fixture(objective), Tap.MEAN_NORM);
        assertThat(Fixture.distance(features, expected(objective))).isLessThan(1e-6);
        if (objective == Objective.AR) {
            var residual = features(fixture(objective), Tap.MEAN_RESIDUAL);
            assertThat(Fixture.distance(residual, Fixture.expected("features_residual")))
                    .isLessThan(1e-6);
        }
    }

    /** Or the test above might pass with weights mixed up. The token logits' alone have nothing to do with features. */
    @ParameterizedTest
    @EnumSource(Objective.class)
    void oneNumberOfAnyWeightMatters(Objective objective) throws Exception {
        for (var weight : Weights.of(fixture(objective).config())) {
            if (!weight.name().equals(Weights.WTET)) {
                var features = features(new Changed(fixture(objective), weight.name()), Tap.MEAN_NORM);
                assertThat(Fixture.distance(features, expected(objective)))
                        .as(weight.name())
                        .isGreaterThan(1e-4);
            }
        }
    }

    /** A head's width of 12 has no whole root; a single position has none before it. */
    @ParameterizedTest
    @CsvSource({"3,24,2,9,5,AR,1", "2,16,1,4,3,AR,2", "3,24,2,9,5,BERT,3", "1,8,2,1,4,AR,0", "1,6,3,25,16,BERT,0"})
    void itComputesWhatOurOwnGraphComputes(
            int layers, int width, int heads, int positions, int colours, Objective objective, int layer)
            throws Exception {
        var config = new ModelConfig(layers, width, heads, positions, colours, objective);
        var head = new Head(layer, 3);
        var random = new Random(5);
        var images = images(config, 4, random);
        var all = IntStream.rangeClosed(0, layers).boxed().toList();
        try (var network = new Network(config, 4, 1, head)) {
            var weights = randomWeights(network, random);
            var tap = random.nextBoolean() ? Tap.MEAN_NORM : Tap.MEAN_RESIDUAL;
            var probe = new Outputs.Probe(fit(3, width, random), layer);
            OnnxModel.write(folder.resolve("head.onnx"), weights, new Outputs(all, Tap.MEAN_NORM, head, null), ABOUT);
            OnnxModel.write(folder.resolve("probe.onnx"), weights, new Outputs(all, tap, null, probe), ABOUT);
            try (var tuned = Served.open(folder.resolve("head.onnx"));
                    var probed = Served.open(folder.resolve("probe.onnx"))) {
                var answer = tuned.run(config, images);
                areClose(joined(answer, all, width), network.features(images, Tap.MEAN_NORM));
                areClose(answer.get(OnnxModel.PROBABILITIES), softmax(doubles(network.classify(images)), 3));
                var other = probed.run(config, images);
                areClose(joined(other, all, width), network.features(images, tap));
                var logits = probe.fit().logits(other.get(layers == 0 ? "features" : "features_" + layer), 4);
                areClose(
                        other.get(OnnxModel.PROBABILITIES),
                        softmax(
                                Arrays.stream(logits)
                                        .flatMapToDouble(Arrays::stream)
                                        .toArray(),
                                3));
            }
        }
    }

    @Test
    void aLargeModelsWeightsStandInAFileOfTheirOwn() throws Exception {
        var outputs = new Outputs(List.of(2), Tap.MEAN_NORM, null, null);
        var weights = fixture(Objective.AR);
        var whole = write("whole.onnx", weights, outputs, Integer.MAX_VALUE);
        assertThat(folder.resolve("whole.onnx.data")).doesNotExist();
        long bytes = Files.size(whole);
        write("fits.onnx", weights, outputs, bytes + 16);
        assertThat(folder.resolve("fits.onnx.data")).doesNotExist();
        assertThat(folder.resolve("fits.onnx")).hasSameBinaryContentAs(whole);
        var large = write("large.onnx", weights, outputs, bytes - 1);
        assertThat(Files.size(large)).isLessThan(bytes / 2);
        assertThat(Files.size(folder.resolve("large.onnx.data"))).isGreaterThan(bytes / 2);
        try (var one = Served.open(whole);
                var two = Served.open(large)) {
            var features = one.run(Fixture.CONFIG, Fixture.images()).get(OnnxModel.FEATURES);
            assertThat(two.run(Fixture.CONFIG, Fixture.images()).get(OnnxModel.FEATURES))
                    .isEqualTo(features);
            var expected = Fixture.expected("features_norm");
            assertThat(Fixture.distance(features, Arrays.copyOfRange(expected, 2 * features.length, expected.length)))
                    .isLessThan(1e-6);
        }
        assertThat(write("again.onnx", weights, outputs, bytes - 1)).exists();
        assertThat(folder.resolve("again.onnx.data")).hasSameBinaryContentAs(folder.resolve("large.onnx.data"));
        assertThat(write("whole again.onnx", weights, outputs, Integer.MAX_VALUE))
                .hasSameBinaryContentAs(whole);
    }

    @Test
    void aCallerSeesNamesAndShapesAndChoosesTheNumberOfPictures() throws Exception {
        var file = write(
                "model.onnx", fixture(Objective.BERT), new Outputs(List.of(1), Tap.MEAN_NORM, null, null), 1 << 30);
        try (var served = Served.open(file)) {
            var inputs = served.session().getInputInfo();
            assertThat(inputs.keySet()).containsExactlyInAnyOrder("tokens", "seen");
            var tokens = info(inputs, "tokens");
            assertThat(tokens.type).isEqualTo(OnnxJavaType.INT64);
            assertThat(tokens.getShape()).containsExactly(-1, 16);
            assertThat(tokens.getDimensionNames()).containsExactly("batch", "");
            var outputs = served.session().getOutputInfo();
            assertThat(outputs.keySet()).containsExactly("features");
            assertThat(info(outputs, "features").getShape()).containsExactly(-1, 16);
            assertThat(served.session().getMetadata().getCustomMetadata()).isEqualTo(ABOUT);
            var three = served.run(Fixture.BERT, Fixture.images()).get("features");
            for (int i = 0; i < 3; i++) {
                var one = new Sequences(
                        Arrays.copyOfRange(Fixture.images().tokens(), 16 * i, 16 * i + 16),
                        Arrays.copyOfRange(Fixture.images().seen(), 16 * i, 16 * i + 16));
                assertThat(served.run(Fixture.BERT, one).get("features"))
                        .containsExactly(Arrays.copyOfRange(three, 16 * i, 16 * i + 16), within(1e-6f));
            }
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("model/h0/mlp/c_fc/w", "model/h1/ln_1/g");
        assertThat(text).doesNotContain("model/h1/mlp", "model/wtet", "model/ln_f"); // above the layer
    }

    private static TensorInfo info(Map<String, NodeInfo> values, String name) {
        return (TensorInfo) Objects.requireNonNull(values.get(name)).getInfo();
    }

    private Path write(String name, ModelWeights weights, Outputs outputs, long largest) throws IOException {
        OnnxModel.write(folder.resolve(name), weights, outputs, ABOUT, largest);
        return folder.resolve(name);
    }

    /** Of the fixture's images at all layers, [L + 1, b, e]. */
    private float[] features(ModelWeights weights, Tap tap) throws Exception {
        try (var served = Served.open(write("x.onnx", weights, new Outputs(ALL, tap, null, null), 1 << 30))) {
            return joined(served.run(weights.config(), Fixture.images()), ALL, Fixture.CONFIG.width());
        }
    }

    private static float[] joined(Served.Answer answer, List<Integer> layers, int width) {
        int size = answer.outputs().values().stream()
                .mapToInt(values -> values.length)
                .max()
                .orElseThrow();
        var all = new float[layers.size() * size];
        assertThat(size % width).isZero();
        for (int layer : layers) {
            System.arraycopy(answer.get("features_" + layer), 0, all, layer * size, size);
        }
        return all;
    }

    private static double[] expected(Objective objective) throws IOException {
        return Fixture.expected(objective == Objective.AR ? "features_norm" : "bert_features_norm");
    }

    private static ModelWeights fixture(Objective objective) throws IOException {
        var weights = PublishedModel.open(Fixture.OPENAI, null).weights();
        return objective == Objective.AR ? weights : new Bert(weights);
    }

    private record Bert(ModelWeights weights) implements ModelWeights {
        @Override
        public ModelConfig config() {
            return Fixture.BERT;
        }

        @Override
        public int classes() {
            return 0;
        }

        @Override
        public float[] read(String weight) throws IOException {
            return weights.read(weight);
        }
    }

    private record Changed(ModelWeights weights, String changed) implements ModelWeights {
        @Override
        public ModelConfig config() {
            return weights.config();
        }

        @Override
        public int classes() {
            return 0;
        }

        @Override
        public float[] read(String weight) throws IOException {
            var values = weights.read(weight);
            if (weight.equals(changed)) {
                values[values.length / 3] += 0.5f;
            }
            return values;
        }
    }

    private ModelWeights randomWeights(Network network, Random random) throws IOException {
        var values = new HashMap<String, float[]>();
        for (Weight weight : network.weights()) {
            var numbers = new float[(int) weight.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (weight.mean() + 0.4 * random.nextGaussian());
            }
            values.put(weight.name(), numbers);
        }
        network.set(values);
        network.save(folder.resolve("weights"));
        return OurWeights.open(folder.resolve("weights"), network.config(), network.head());
    }

    private static Sequences images(ModelConfig config, int count, Random random) {
        var tokens = random.ints((long) count * config.positions(), 0, config.colours())
                .toArray();
        var seen = new float[tokens.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = random.nextDouble() < 0.8 ? 1 : 0;
        }
        return new Sequences(tokens, seen);
    }

    /** A class without images has −∞. */
    private static Fit fit(int classes, int width, Random random) {
        var weights = random.doubles((long) classes * width, -1, 1).toArray();
        return new Fit(weights, new double[] {0.3, -0.2, Double.NEGATIVE_INFINITY}, 0, 0, true, 0, "drawn");
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static float[] softmax(double[] logits, int classes) {
        var shares = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(logits[i / classes * classes + k]);
            }
            shares[i] = (float) (Math.exp(logits[i]) / sum);
        }
        return shares;
    }

    private static void areClose(float[] theirs, float[] ours) {
        assertThat(theirs).containsExactly(ours, within(1e-5f));
    }
}
