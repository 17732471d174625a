package igpt.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import igpt.model.ModelConfig;
import igpt.model.Sequences;
import igpt.model.Weight;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderTest {
    // More than a chunk of positions, and a last one that is not full.
    private static final ModelConfig CONFIG = new ModelConfig(2, 16, 2, 300, 11);

    @Test
    void logitsEqualThoseOfTheWholePassAtEveryPosition() {
        int sequences = 3;
        var random = new Random(1);
        int[] tokens = random.ints((long) sequences * CONFIG.positions(), 0, CONFIG.colours())
                .toArray();
        try (Network network = new Network(CONFIG, sequences, 2)) {
            var decoder = new Decoder(network, sequences);
            network.set(weights(network));
            float[] whole = network.logits(new Sequences(tokens, new float[tokens.length]));
            double worst = 0;
            for (int round = 0; round < 2; round++) { // what the first left behind is not read by the second
                int[] before = new int[decoder.sequences()];
                for (int at = 0; at < CONFIG.positions(); at++) {
                    float[] logits = decoder.logits(at, before);
                    for (int row = 0; row < sequences; row++) {
                        for (int colour = 0; colour < CONFIG.colours(); colour++) {
                            float expected = whole[(row * CONFIG.positions() + at) * CONFIG.colours() + colour];
                            worst = Math.max(worst, Math.abs(expected - logits[row * CONFIG.colours() + colour]));
                        }
                        before[row] = tokens[row * CONFIG.positions() + at];
                    }
                }
            }
            assertThat(worst).isCloseTo(0, within(1e-5));
        }
    }

    /** Spread so wide that the logits are of the order of 1. */
    private static Map<String, float[]> weights(Network network) {
        var random = new Random(2);
        Map<String, float[]> values = new HashMap<>();
        for (Weight weight : network.weights()) {
            float[] flat = new float[(int) weight.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) (weight.mean() + 0.3 * random.nextGaussian());
            }
            values.put(weight.name(), flat);
        }
        return values;
    }
}
