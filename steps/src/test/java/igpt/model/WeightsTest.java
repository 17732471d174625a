package igpt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.buffer.DataBuffers;

class WeightsTest {
    @ParameterizedTest
    @CsvSource({"24, 512, 8, 76571648", "36, 1024, 8, 455157760", "48, 1536, 16, 1362250752", "60, 3072, 16, 6801438720"
    })
    void thePapersModelsHaveThePapersParameters(int layers, int width, int heads, long parameters) {
        assertThat(Weights.count(new ModelConfig(layers, width, heads, 1024, 512)))
                .isEqualTo(parameters);
    }

    @Test
    void aWeightStartsWithItsOwnDeviation() {
        Weight projection = Weights.of(new ModelConfig(4, 64, 4, 16, 8)).stream()
                .filter(weight -> weight.name().equals("model/h2/attn/c_proj"))
                .findFirst()
                .orElseThrow();
        double squares = 0;
        for (float value : start(projection, 0)) {
            squares += value * value;
        }
        assertThat(Math.sqrt(squares / projection.size())).isCloseTo(1 / Math.sqrt(64 * 4), within(0.002));
    }

    @Test
    void anotherSeedIsAnotherStartAndTheSameSeedTheSame() {
        Weight weight = Weights.of(new ModelConfig(1, 8, 2, 4, 4)).get(0);
        assertThat(start(weight, 1)).isEqualTo(start(weight, 1)).isNotEqualTo(start(weight, 2));
    }

    /** Generators that count on from their seed have one stream, which another seed only enters elsewhere. */
    @Test
    void noValueOfOneSeedComesBackInAnother() {
        Weight weight = Weights.of(new ModelConfig(1, 16, 2, 16, 16)).get(0);
        Set<Float> seen = boxed(start(weight, 0));
        for (long seed : new long[] {-2, -1, 1, 2, 3, 1L << 32}) {
            assertThat(boxed(start(weight, seed))).doesNotContainAnyElementsOf(seen);
        }
    }

    private static Set<Float> boxed(float[] values) {
        Set<Float> boxed = new HashSet<>();
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private static float[] start(Weight weight, long seed) {
        float[] values = new float[Math.toIntExact(weight.size())];
        Weights.initialize(weight, seed, DataBuffers.of(values));
        return values;
    }
}
