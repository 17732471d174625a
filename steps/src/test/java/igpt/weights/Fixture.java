package igpt.weights;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Sequences;
import igpt.model.Tap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tiny random Image GPT in OpenAI's and Hugging Face's layout, and what it computes: {@code make_fixture.py} made all. */
public final class Fixture {
    static final Path FOLDER = Path.of("src/test/resources/igpt/weights");
    public static final Path OPENAI = FOLDER.resolve("openai");
    static final Path HUGGINGFACE = FOLDER.resolve("huggingface");
    public static final ModelConfig CONFIG = new ModelConfig(2, 16, 2, 16, 8);
    public static final ModelConfig BERT = new ModelConfig(2, 16, 2, 16, 8, Objective.BERT);
    public static final int IMAGES = 3;

    private Fixture() {}

    /** The numbers of a NumPy file, row by row, whatever their type. */
    public static double[] expected(String name) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve("expected/" + name + ".npy")))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        boolean ints = new String(bytes.array(), 10, 60).contains("<i4");
        var values = new double[bytes.remaining() / (ints ? 4 : 8)];
        for (int i = 0; i < values.length; i++) {
            values[i] = ints ? bytes.getInt() : bytes.getDouble();
        }
        return values;
    }

    /** Its three images; {@code seen} is BERT's. */
    public static Sequences images() throws IOException {
        var tokens = new int[IMAGES * CONFIG.positions()];
        var seen = new float[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (int) expected("tokens")[i];
            seen[i] = (float) expected("bert_seen")[i];
        }
        return new Sequences(tokens, seen);
    }

    /** How far the losses and features of these weights are from those that are expected, at most. */
    static double error(Network network, ModelWeights weights, Path folder) throws IOException {
        var prefix = Files.createTempDirectory(folder, "checkpoint").resolve("weights");
        OurWeights.write(prefix, weights);
        network.restoreWeights(prefix);
        return Math.max(
                distance(network.evaluate(images()), expected("nats")),
                Math.max(
                        distance(network.features(images(), Tap.MEAN_NORM), expected("features_norm")),
                        distance(network.features(images(), Tap.MEAN_RESIDUAL), expected("features_residual"))));
    }

    public static double distance(float[] ours, double[] expected) {
        double largest = ours.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(ours.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(ours[i] - expected[i]));
        }
        return largest;
    }
}
