package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.device.Device;
import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.model.Sequences;
import igpt.model.Tap;
import igpt.model.Weight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final ModelConfig SMALL = new ModelConfig(2, 16, 2, 24, 7);
    private static final int BATCH = 3;

    /** The other implementation is {@code adam_torch.py}, next to the numbers. */
    @Test
    void lossesAndTwoUpdatesEqualPyTorchs() throws IOException {
        twoUpdatesEqualPyTorchs(fixture("adam.txt"), Objective.AR, null, 0, false);
    }

    @Test
    void soDoBertsWithAClassifierOnALayer() throws IOException {
        twoUpdatesEqualPyTorchs(fixture("bert.txt"), Objective.BERT, new Head(1, 3), 0, false);
    }

    @Test
    void microBatchesGiveTheUpdateOfTheWholeBatch() throws IOException {
        twoUpdatesEqualPyTorchs(fixture("adam.txt"), Objective.AR, null, 1, false);
        twoUpdatesEqualPyTorchs(fixture("bert.txt"), Objective.BERT, new Head(1, 3), 1, false);
    }

    @Test
    void recomputedBlocksGiveTheSameUpdate() throws IOException {
        twoUpdatesEqualPyTorchs(fixture("adam.txt"), Objective.AR, null, 0, true);
        twoUpdatesEqualPyTorchs(fixture("bert.txt"), Objective.BERT, new Head(1, 3), 1, true);
    }

    @Test
    void twoDevicesThatShareTheBatchGiveTheSameUpdate() throws IOException {
        Device two = Device.cpus(2, 2);
        twoUpdatesEqualPyTorchs(fixture("adam.txt"), Objective.AR, null, 0, false, two);
        twoUpdatesEqualPyTorchs(fixture("bert.txt"), Objective.BERT, new Head(1, 3), 0, true, two);
    }

    @Test
    void threadsThatCannotShareTheBatchComputeItTogether() throws IOException {
        twoUpdatesEqualPyTorchs(fixture("adam.txt"), Objective.AR, null, 0, false, Device.cpu(3));
        twoUpdatesEqualPyTorchs(fixture("bert.txt"), Objective.BERT, new Head(1, 3), 0, true, Device.cpu(3));
    }

    @Test
    void morePartsThanThreadsGiveTheUpdateOfOneAfterTheOther() {
        ModelConfig longer = new ModelConfig(1, 8, 2, 1024, 7);
        Batch data = Batch.of(longer, 4);
        Arrays.setAll(data.tokens(), i -> i * i % 7);
        try (Network together = new Network(longer, 4, 2);
                Network apart = new Network(longer, 1, 2)) {
            assertThat(together.replicas().get(0).towers()).hasSize(4);
            Trainer trainer = new Trainer(together);
            Trainer other = new Trainer(apart, 4, Losses.GENERATIVE, false);
            together.initialize(1);
            apart.initialize(1);
            for (int i = 0; i < 2; i++) {
                assertThat(trainer.iterate(i, 0.01, data).nats())
                        .isCloseTo(other.iterate(i, 0.01, data).nats(), within(1e-5f));
            }
            for (Weight weight : together.weights()) {
                assertThat(together.get(weight.name()))
                        .as(weight.name())
                        .containsExactly(apart.get(weight.name()), within(1e-5f));
            }
        }
    }

    private static void twoUpdatesEqualPyTorchs(
            Map<String, double[]> fixture,
            Objective objective,
            @Nullable Head head,
            int microBatch,
            boolean recompute) {
        twoUpdatesEqualPyTorchs(fixture, objective, head, microBatch, recompute, Device.cpu(2));
    }

    /** @param microBatch 0: the whole batch at once */
    private static void twoUpdatesEqualPyTorchs(
            Map<String, double[]> fixture,
            Objective objective,
            @Nullable Head head,
            int microBatch,
            boolean recompute,
            Device device) {
        double[] c = numbers(fixture, "config");
        ModelConfig config = new ModelConfig((int) c[0], (int) c[1], (int) c[2], (int) c[3], (int) c[4], objective);
        int batch = (int) c[5];
        Batch data = new Batch(
                Arrays.stream(numbers(fixture, "tokens")).mapToInt(x -> (int) x).toArray(),
                floats(fixture.getOrDefault("seen", new double[0])),
                Arrays.stream(fixture.getOrDefault("labels", new double[batch]))
                        .mapToInt(x -> (int) x)
                        .toArray());
        Losses losses = head == null ? Losses.GENERATIVE : Losses.JOINT;
        int part = microBatch == 0 ? batch : microBatch;
        try (Network network = new Network(config, part, device, head, Precision.FLOAT32)) {
            Trainer trainer = new Trainer(network, batch, losses, recompute);
            Map<String, float[]> before = new HashMap<>();
            network.weights().forEach(w -> before.put(w.name(), floats(numbers(fixture, "before " + w.name()))));
            network.set(before);
            for (int i = 0; i < 2; i++) {
                double[] expected = numbers(fixture, "loss" + (i + 1));
                Trainer.Loss loss = trainer.iterate(i, c[6], data);
                assertThat((double) loss.nats()).isCloseTo(expected[0], within(1e-5));
                assertThat((double) loss.classification()).isCloseTo(head == null ? 0 : expected[1], within(1e-5));
            }
            for (Weight weight : network.weights()) {
                double[] after = numbers(fixture, "after " + weight.name());
                float[] ours = network.get(weight.name());
                for (int i = 0; i < ours.length; i++) {
                    assertThat((double) ours[i]).as(weight.name()).isCloseTo(after[i], within(1e-5));
                }
            }
        }
    }

    @Test
    void aClassifierInTheMiddleLeavesTheLayersAboveItAlone() {
        for (boolean recompute : new boolean[] {false, true}) {
            try (Network network = new Network(SMALL, BATCH, 2, new Head(1, 3))) {
                Trainer trainer = new Trainer(network, BATCH, Losses.CLASSIFICATION, recompute);
                network.initialize(1);
                float[] below = network.get("model/h0/mlp/c_fc/w");
                float[] above = network.get("model/h1/mlp/c_fc/w");
                float first = 0;
                float loss = 0;
                for (int i = 0; i < 30; i++) {
                    loss = trainer.iterate(i, 0.01, new Batch(tokens(0), new float[0], new int[] {0, 1, 2}))
                            .classification();
                    first = i == 0 ? loss : first;
                }
                assertThat(first).isCloseTo((float) Math.log(3), within(1e-5f));
                assertThat(loss).isLessThan(0.5f);
                assertThat(network.get("model/h0/mlp/c_fc/w")).isNotEqualTo(below);
                assertThat(network.get("model/h1/mlp/c_fc/w")).isEqualTo(above);
            }
        }
    }

    @Test
    void bertsLossIsTheLogarithmOfTheColoursBeforeTheFirstUpdate() {
        ModelConfig bert = new ModelConfig(2, 16, 2, 24, 7, Objective.BERT);
        float[] seen = new float[BATCH * 24];
        new Masks(0.3, 1).ofIteration(0, seen);
        try (Network network = new Network(bert, BATCH, 2)) {
            network.initialize(5);
            for (float nats : network.evaluate(new Sequences(tokens(0), seen))) {
                assertThat(nats).isCloseTo((float) Math.log(7), within(1e-4f));
            }
        }
    }

    @Test
    void beforeTheFirstUpdateTheLossIsTheLogarithmOfTheColours() {
        try (Network network = new Network(SMALL, BATCH, 2)) {
            network.initialize(5);
            for (float nats : network.evaluate(whole(tokens(0)))) {
                assertThat(nats).isCloseTo((float) Math.log(7), within(1e-4f));
            }
        }
    }

    @Test
    void devicesThatShareABatchAnswerInItsOrder(@TempDir Path folder) {
        ModelConfig bert = new ModelConfig(2, 16, 2, 24, 7, Objective.BERT);
        Batch batch = Batch.of(bert, 4);
        Arrays.setAll(batch.tokens(), i -> i * i % 7);
        new Masks(0.3, 1).ofIteration(0, batch.seen());
        Sequences sequences = new Sequences(batch.tokens(), batch.seen());
        Head head = new Head(1, 3);
        try (Network one = new Network(bert, 4, 2, head);
                Network two = new Network(bert, 4, Device.cpus(2, 2), head, Precision.FLOAT32)) {
            one.initialize(1);
            one.set(randomHead(one));
            one.save(folder.resolve("weights"));
            two.restoreWeights(folder.resolve("weights"));
            assertThat(two.evaluate(sequences)).containsExactly(one.evaluate(sequences), within(1e-5f));
            assertThat(two.classify(sequences)).containsExactly(one.classify(sequences), within(1e-5f));
            for (Tap tap : Network.TAPS) {
                assertThat(two.features(sequences, tap)).containsExactly(one.features(sequences, tap), within(1e-5f));
            }
        }
    }

    /** The weights as they are, but the head's and the logits', which start at zero. */
    private static Map<String, float[]> randomHead(Network network) {
        Map<String, float[]> weights = RandomTraining.weights(network);
        for (String name : List.of(Head.WEIGHT, "model/wtet")) {
            float[] values = Objects.requireNonNull(weights.get(name));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i);
            }
        }
        return weights;
    }

    @Test
    void theWeightsAloneCanBeReadFromACheckpointWithMoments(@TempDir Path folder) {
        float[] nats;
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            iterate(trainer, 0, 3);
            network.save(folder.resolve("weights"));
            nats = network.evaluate(whole(tokens(9)));
        }
        try (Network network = new Network(SMALL, BATCH, 2)) {
            network.restoreWeights(folder.resolve("weights"));
            assertThat(network.evaluate(whole(tokens(9)))).containsExactly(nats, within(1e-6f));
        }
    }

    @Test
    void theLossOfOneBatchFalls() {
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            float loss = 0;
            for (int i = 0; i < 100; i++) {
                loss = trainer.iterate(i, 0.01, batch(0)).nats();
            }
            assertThat(loss).isLessThan(1.0f);
        }
    }

    private static double[] numbers(Map<String, double[]> fixture, String name) {
        return Objects.requireNonNull(fixture.get(name), name);
    }

    private static float iterate(Trainer trainer, int from, int to) {
        float loss = 0;
        for (int i = from; i < to; i++) {
            loss = trainer.iterate(i, 0.003, batch(i)).nats();
        }
        return loss;
    }

    private static Batch batch(int i) {
        return new Batch(tokens(i), new float[0], new int[BATCH]);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return floats;
    }

    /** With nothing hidden. */
    private static Sequences whole(int[] tokens) {
        float[] seen = new float[tokens.length];
        Arrays.fill(seen, 1);
        return new Sequences(tokens, seen);
    }

    private static int[] tokens(int i) {
        return new java.util.Random(i)
                .ints((long) BATCH * SMALL.positions(), 0, SMALL.colours())
                .toArray();
    }

    private static Map<String, double[]> fixture(String file) throws IOException {
        Map<String, double[]> fixture = new HashMap<>();
        try (var in = Objects.requireNonNull(TrainerTest.class.getResourceAsStream(file))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                String[] words = line.split(" ");
                int name = words[0].equals("before") || words[0].equals("after") ? 2 : 1;
                fixture.put(
                        String.join(" ", Arrays.copyOf(words, name)),
                        Arrays.stream(words)
                                .skip(name)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
        return fixture;
    }
}
