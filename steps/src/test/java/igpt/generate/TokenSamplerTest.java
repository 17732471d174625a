package igpt.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenSamplerTest {
    /** Probabilities of 2, 1, 4, 1 and 8 sixteenths; the first number does not belong to them. */
    private static final float[] LOGITS = {
        100, (float) Math.log(4), (float) Math.log(2), (float) Math.log(8), (float) Math.log(2), (float) Math.log(16)
    };

    @Test
    void drawsFromTheModelsDistribution() {
        assertThat(shares(TokenSampler.EXACT)).containsExactly(shares(2, 1, 4, 1, 8), within(0.001));
    }

    @Test
    void aTemperatureOfAHalfSquaresTheProbabilities() {
        assertThat(shares(new TokenSampler(0.5, 0, 1))).containsExactly(shares(4, 1, 16, 1, 64), within(0.001));
    }

    @Test
    void topKKeepsTheLikeliest() {
        assertThat(shares(new TokenSampler(1, 2, 1))).containsExactly(shares(0, 0, 4, 0, 8), within(0.001));
        assertThat(shares(new TokenSampler(1, 1, 1))).containsExactly(shares(0, 0, 0, 0, 1), within(0.001));
        assertThat(shares(new TokenSampler(1, 9, 1))).containsExactly(shares(2, 1, 4, 1, 8), within(0.001));
    }

    @Test
    void ofEquallyLikelyOnesTopKKeepsTheLowest() {
        assertThat(shares(new TokenSampler(1, 4, 1))).containsExactly(shares(2, 1, 4, 0, 8), within(0.001));
    }

    @Test
    void topPKeepsAsFewAsReachIt() {
        assertThat(shares(new TokenSampler(1, 0, 0.4))).containsExactly(shares(0, 0, 0, 0, 1), within(0.001));
        assertThat(shares(new TokenSampler(1, 0, 0.6))).containsExactly(shares(0, 0, 4, 0, 8), within(0.001));
        assertThat(shares(new TokenSampler(1, 0, 0.8))).containsExactly(shares(2, 0, 4, 0, 8), within(0.001));
    }

    @Test
    void topPIsAShareOfWhatTopKHasLeft() {
        assertThat(shares(new TokenSampler(1, 2, 0.6))).containsExactly(shares(0, 0, 0, 0, 1), within(0.001));
        assertThat(shares(new TokenSampler(1, 2, 0.7))).containsExactly(shares(0, 0, 4, 0, 8), within(0.001));
    }

    @Test
    void temperatureZeroTakesTheLikeliestAndOfSeveralTheLowest() {
        float[] ties = {1, 3, 2, 3, 3};
        for (double uniform : new double[] {0, 0.5, 0.999}) {
            assertThat(new TokenSampler(0, 0, 1).draw(LOGITS, 1, 5, uniform)).isEqualTo(4);
            assertThat(new TokenSampler(0, 0, 1).draw(ties, 0, 5, uniform)).isEqualTo(1);
        }
    }

    @Test
    void natsAreTheModelsWhateverIsDrawn() {
        assertThat(TokenSampler.nats(LOGITS, 1, 5, 4)).isCloseTo(Math.log(2), within(1e-6));
        assertThat(TokenSampler.nats(LOGITS, 1, 5, 1)).isCloseTo(Math.log(16), within(1e-6));
    }

    /** How often each token comes, of numbers spread evenly. */
    private static double[] shares(TokenSampler sampler) {
        int draws = 10_000;
        double[] shares = new double[5];
        for (int i = 0; i < draws; i++) {
            shares[sampler.draw(LOGITS, 1, 5, (i + 0.5) / draws)] += 1.0 / draws;
        }
        return shares;
    }

    private static double[] shares(int... weights) {
        double sum = IntStream.of(weights).sum();
        return IntStream.of(weights).mapToDouble(weight -> weight / sum).toArray();
    }
}
