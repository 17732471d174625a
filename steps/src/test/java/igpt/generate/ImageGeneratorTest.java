package igpt.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.generate.ImageGenerator.Drawn;
import igpt.generate.ImageGenerator.Prompt;
import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Sequences;
import igpt.model.Weight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageGeneratorTest {
    private static final ModelConfig SMALL = new ModelConfig(2, 16, 2, 16, 6);

    /** The other implementation is {@code greedy_numpy.py}, next to the numbers. */
    @Test
    void greedyCompletionsEqualNumPys() throws IOException {
        int[] shape = null;
        Map<String, float[]> weights = new HashMap<>();
        List<int[]> images = new ArrayList<>();
        for (String line : fixture()) {
            String[] words = line.split(" ");
            if (words[0].startsWith("model/")) {
                weights.put(words[0], floats(words));
            } else if (words[0].equals("config")) {
                shape = ints(words);
            } else {
                images.add(ints(words));
            }
        }
        Objects.requireNonNull(shape);
        ModelConfig config = new ModelConfig(shape[0], shape[1], shape[2], shape[3], shape[4]);
        try (Network network = new Network(config, 1, 2)) {
            Decoder decoder = new Decoder(network, images.size());
            network.set(weights);
            var greedy = new ImageGenerator(network, decoder, new TokenSampler(0, 0, 1), 0);
            var prompts = images.stream()
                    .map(image -> new Prompt(0, 0, Arrays.copyOfRange(image, 1, 1 + image[0])))
                    .toList();
            List<Drawn> drawn = greedy.draw(prompts, () -> {});
            assertThat(drawn).hasSize(3);
            for (int i = 0; i < drawn.size(); i++) {
                int[] image = images.get(i);
                assertThat(drawn.get(i).tokens()).containsExactly(Arrays.copyOfRange(image, 1, image.length));
            }
        }
    }

    @Test
    void anImageDoesNotDependOnThoseItIsDrawnWith() {
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            prompts.add(new Prompt(i, i % 3, IntStream.range(0, i % 5).toArray()));
        }
        List<Drawn> one = draw(prompts, 1, 1);
        assertSame(one, draw(prompts, 7, 2));
        assertSame(one, draw(prompts, 23, 2));
        List<Drawn> backwards = new ArrayList<>(draw(reversed(prompts), 23, 2));
        assertSame(one, reversed(backwards));
    }

    /**
     * The mean of −log p over images drawn from p is p's entropy. So is that of the entropies of each pixel's distribution,
     * which the same images meet on their way, and which do not ask what was drawn there.
     */
    @Test
    void imagesAreDrawnFromTheModelsOwnDistribution() {
        int images = 320;
        List<Prompt> prompts = IntStream.range(0, images)
                .mapToObj(i -> new Prompt(i, 0, new int[0]))
                .toList();
        try (Network network = new Network(SMALL, 32, 2)) {
            Decoder decoder = new Decoder(network, 32);
            network.set(weights(network));
            List<Drawn> drawn = draw(new ImageGenerator(network, decoder, TokenSampler.EXACT, 5), prompts, 32);
            double[] surprise = new double[images];
            for (int from = 0; from < images; from += 32) {
                int[] tokens = drawn.subList(from, from + 32).stream()
                        .flatMapToInt(image -> Arrays.stream(image.tokens()))
                        .toArray();
                var batch = new Sequences(tokens, new float[tokens.length]);
                float[] nats = network.evaluate(batch);
                float[] logits = network.logits(batch);
                for (int row = 0; row < 32; row++) {
                    assertThat(drawn.get(from + row).nats()).isCloseTo(nats[row], within(1e-5));
                    surprise[from + row] = nats[row] - entropy(logits, row);
                }
            }
            double mean = Arrays.stream(surprise).average().orElseThrow();
            double variance = Arrays.stream(surprise).map(x -> x * x).sum() / images;
            double standardError = Math.sqrt(variance / images);
            assertThat(standardError).isLessThan(0.02);
            assertThat(mean).isCloseTo(0, within(3 * standardError));
        }
    }

    /** The mean over positions of the entropy of what the model says of each. */
    private static double entropy(float[] logits, int row) {
        double sum = 0;
        for (int at = 0; at < SMALL.positions(); at++) {
            int first = (row * SMALL.positions() + at) * SMALL.colours();
            for (int token = 0; token < SMALL.colours(); token++) {
                double nats = TokenSampler.nats(logits, first, SMALL.colours(), token);
                sum += nats * Math.exp(-nats);
            }
        }
        return sum / SMALL.positions();
    }

    private static List<Drawn> draw(List<Prompt> prompts, int batch, int threads) {
        try (Network network = new Network(SMALL, 1, threads)) {
            Decoder decoder = new Decoder(network, batch);
            network.set(weights(network));
            return draw(new ImageGenerator(network, decoder, TokenSampler.EXACT, 3), prompts, batch);
        }
    }

    private static List<Drawn> draw(ImageGenerator generator, List<Prompt> prompts, int batch) {
        List<Drawn> drawn = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += batch) {
            drawn.addAll(generator.draw(prompts.subList(from, Math.min(prompts.size(), from + batch)), () -> {}));
        }
        return drawn;
    }

    private static void assertSame(List<Drawn> one, List<Drawn> other) {
        assertThat(other).hasSameSizeAs(one);
        for (int i = 0; i < one.size(); i++) {
            assertThat(other.get(i).tokens()).containsExactly(one.get(i).tokens());
            assertThat(other.get(i).nats()).isEqualTo(one.get(i).nats());
        }
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>();
        list.forEach(element -> reversed.add(0, element));
        return reversed;
    }

    /** Spread so wide that colours differ in probability. */
    private static Map<String, float[]> weights(Network network) {
        Random random = new Random(1);
        Map<String, float[]> weights = new HashMap<>();
        for (Weight weight : network.weights()) {
            float[] values = new float[(int) weight.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (weight.mean() + 0.4 * random.nextGaussian());
            }
            weights.put(weight.name(), values);
        }
        return weights;
    }

    private static List<String> fixture() throws IOException {
        try (var in = Objects.requireNonNull(ImageGeneratorTest.class.getResourceAsStream("greedy.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static int[] ints(String[] words) {
        return Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
    }

    private static float[] floats(String[] words) {
        float[] values = new float[words.length - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(words[i + 1]);
        }
        return values;
    }
}
