package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.model.ModelConfig;
import igpt.model.Network;
import igpt.model.Weight;
import igpt.model.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final ModelConfig SMALL = new ModelConfig(2, 16, 2, 24, 7);
    private static final int BATCH = 3;

    /** The other implementation is {@code adam_torch.py} beside the numbers. */
    @Test
    void lossesAndTwoUpdatesEqualPyTorchs() throws IOException {
        Map<String, double[]> fixture = fixture();
        double[] c = numbers(fixture, "config");
        ModelConfig config = new ModelConfig((int) c[0], (int) c[1], (int) c[2], (int) c[3], (int) c[4]);
        int[] tokens =
                Arrays.stream(numbers(fixture, "tokens")).mapToInt(x -> (int) x).toArray();
        try (Network network = new Network(config, (int) c[5], 2)) {
            Trainer trainer = new Trainer(network);
            Map<String, float[]> before = new HashMap<>();
            for (Weight weight : Weights.of(config)) {
                double[] values = numbers(fixture, "before " + weight.name());
                float[] floats = new float[values.length];
                IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
                before.put(weight.name(), floats);
            }
            network.set(before);
            assertThat(trainer.iterate(0, c[6], tokens)).isCloseTo((float) numbers(fixture, "loss1")[0], within(1e-5f));
            assertThat(trainer.iterate(1, c[6], tokens)).isCloseTo((float) numbers(fixture, "loss2")[0], within(1e-5f));
            for (Weight weight : Weights.of(config)) {
                double[] after = numbers(fixture, "after " + weight.name());
                float[] ours = network.get(weight.name());
                for (int i = 0; i < ours.length; i++) {
                    assertThat((double) ours[i]).as(weight.name()).isCloseTo(after[i], within(1e-5));
                }
            }
        }
    }

    @Test
    void beforeTheFirstUpdateTheLossIsTheLogarithmOfTheColours() {
        try (Network network = new Network(SMALL, BATCH, 2)) {
            network.initialize(5);
            for (float nats : network.evaluate(tokens(0))) {
                assertThat(nats).isCloseTo((float) Math.log(7), within(1e-4f));
            }
        }
    }

    @Test
    void aTrainingFromACheckpointGoesOnToTheSameBits(@TempDir Path folder) {
        float[] straight;
        float lossStraight;
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            iterate(trainer, 0, 3);
            network.save(folder.resolve("weights"));
            lossStraight = iterate(trainer, 3, 6);
            straight = network.get("model/h1/mlp/c_fc/w");
        }
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.restore(folder.resolve("weights"));
            float loss = iterate(trainer, 3, 6);
            assertThat(loss).isEqualTo(lossStraight);
            assertThat(network.get("model/h1/mlp/c_fc/w")).isEqualTo(straight);
        }
    }

    @Test
    void theWeightsAloneCanBeReadFromACheckpointWithMoments(@TempDir Path folder) {
        float[] nats;
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            iterate(trainer, 0, 3);
            network.save(folder.resolve("weights"));
            nats = network.evaluate(tokens(9));
        }
        try (Network network = new Network(SMALL, BATCH, 2)) {
            network.restoreWeights(folder.resolve("weights"));
            assertThat(network.evaluate(tokens(9))).containsExactly(nats, within(1e-6f));
        }
    }

    @Test
    void theLossOfOneBatchFalls() {
        try (Network network = new Network(SMALL, BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            float loss = 0;
            for (int i = 0; i < 100; i++) {
                loss = trainer.iterate(i, 0.01, tokens(0));
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
            loss = trainer.iterate(i, 0.003, tokens(i));
        }
        return loss;
    }

    private static int[] tokens(int i) {
        return new java.util.Random(i)
                .ints((long) BATCH * SMALL.positions(), 0, SMALL.colours())
                .toArray();
    }

    private static Map<String, double[]> fixture() throws IOException {
        Map<String, double[]> fixture = new HashMap<>();
        try (var in = Objects.requireNonNull(TrainerTest.class.getResourceAsStream("adam.txt"))) {
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
