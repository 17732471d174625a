package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 17, 1000, 4097})
    void anOrderVisitsEveryPlaceOnce(long size) {
        Permutation order = new Permutation(size, 3, 1);
        Set<Long> seen = new HashSet<>();
        for (long i = 0; i < size; i++) {
            assertThat(order.at(i)).isBetween(0L, size - 1);
            seen.add(order.at(i));
        }
        assertThat(seen).hasSize((int) size);
    }

    @Test
    void ordersOfTwoEpochsDiffer() {
        Permutation first = new Permutation(1000, 3, 0);
        Permutation second = new Permutation(1000, 3, 1);
        int same = 0;
        for (int i = 0; i < 1000; i++) {
            same += first.at(i) == second.at(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(20);
    }

    @Test
    void aBatchDependsOnTheSeedAndItsNumberAlone(@TempDir Path folder) throws IOException {
        Tokens tokens = tokens(folder, 10);
        int[] once = new int[4 * 2];
        int[] again = new int[4 * 2];
        Batches batches = new Batches(tokens, 4, 7);
        for (int i = 0; i < 9; i++) {
            batches.fill(i, once);
        }
        new Batches(tokens, 4, 7).fill(8, again);
        assertThat(again).isEqualTo(once);
    }

    @Test
    void anEpochVisitsEveryImageOnceThoughBatchesDoNotDivideIt(@TempDir Path folder) throws IOException {
        Batches batches = new Batches(tokens(folder, 10), 4, 7);
        int[] batch = new int[4 * 2];
        int[] visits = new int[10];
        for (int i = 0; i < 5; i++) { // 5 batches of 4 are 2 epochs of 10
            batches.fill(i, batch);
            for (int row = 0; row < 4; row++) {
                assertThat(batch[2 * row + 1]).isEqualTo(batch[2 * row] + 40_000);
                visits[batch[2 * row]]++;
            }
        }
        assertThat(visits).containsOnly(2);
    }

    /** Row r is r and r + 40,000: more than a signed short holds. */
    private static Tokens tokens(Path folder, int rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(rows * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            bytes.putShort((short) row).putShort((short) (row + 40_000));
        }
        return Tokens.map(Files.write(folder.resolve("tokens.u16"), bytes.array()), 2);
    }
}
