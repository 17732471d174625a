package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancedSubsetTest {
    private static final List<String> CLASSES = List.of("disc", "ring", "star");

    /** 0 thrice as often as 1, and 2 seven times in all. */
    private final int[] labels = new int[407];

    BalancedSubsetTest() {
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i >= 400 ? 2 : i % 4 == 0 ? 1 : 0;
        }
    }

    private int[] draw(int each, long seed, int subset) {
        return BalancedSubset.draw(labels, CLASSES, each, seed, subset);
    }

    @Test
    void everyClassHasAsManyRowsAndNoRowComesTwice() {
        for (int subset = 0; subset < 20; subset++) {
            int[] rows = draw(7, 0, subset);
            assertThat(Arrays.stream(rows).distinct()).hasSize(21);
            for (int k = 0; k < 3; k++) {
                int label = k;
                assertThat(Arrays.stream(rows).filter(row -> labels[row] == label))
                        .hasSize(7);
            }
        }
    }

    @Test
    void aSubsetFollowsFromSeedNumberAndPlaceAlone() {
        assertThat(draw(5, 3, 1)).isEqualTo(draw(5, 3, 1));
        assertThat(draw(5, 3, 1)).isNotEqualTo(draw(5, 3, 2)).isNotEqualTo(draw(5, 4, 1));
        assertThat(Arrays.copyOf(draw(5, 3, 1), 12)).isNotEqualTo(draw(4, 3, 1));
    }

    @Test
    void everyRowIsDrawnAboutAsOften() {
        int[] times = new int[labels.length];
        for (int subset = 0; subset < 700; subset++) {
            for (int row : draw(1, 9, subset)) {
                times[row]++;
            }
        }
        for (int row = 400; row < 407; row++) { // one of seven: 100 times, give or take 9
            assertThat(times[row]).isBetween(60, 140);
        }
    }

    @Test
    void aClassWithFewerRowsIsRefusedByName() {
        assertThatThrownBy(() -> draw(8, 0, 0))
                .isInstanceOf(UserException.class)
                .hasMessage("8 labels a class cannot be drawn: class star has only 7 images to train on or validate");
    }
}
