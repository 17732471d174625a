package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VoteTest {
    @Test
    void whatIsSaidMostOftenCounts() {
        assertThat(Vote.of(new int[] {7, 2, 7, 0, 2, 7}, 0, 0)).isEqualTo(7);
        assertThat(Vote.of(new int[] {3}, 0, 0)).isEqualTo(3);
    }

    @Test
    void tiesAreBrokenAtRandomAndTheSameEachTime() {
        int[] predictions = {4, 9, 9, 4, 1};
        int[] chosen = new int[10];
        for (int image = 0; image < 1000; image++) {
            int vote = Vote.of(predictions, 5, image);
            assertThat(Vote.of(predictions, 5, image)).isEqualTo(vote);
            chosen[vote]++;
        }
        assertThat(chosen[4]).isBetween(400, 600);
        assertThat(chosen[4] + chosen[9]).isEqualTo(1000);
    }
}
