package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.random.Permutation;
import igpt.tokenizer.Grid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
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
        Batch once = batch();
        Batch again = batch();
        Batches batches = batches(tokens);
        for (int i = 0; i < 9; i++) {
            batches.fill(i, once);
        }
        batches(tokens).fill(8, again);
        assertThat(again.tokens()).isEqualTo(once.tokens());
        assertThat(again.seen()).isEqualTo(once.seen());
        assertThat(again.labels()).isEqualTo(once.labels());
    }

    @Test
    void anEpochVisitsEveryImageOnceThoughBatchesDoNotDivideIt(@TempDir Path folder) throws IOException {
        Batches batches = batches(tokens(folder, 10));
        Batch into = batch();
        int[] batch = into.tokens();
        int[] visits = new int[10];
        for (int i = 0; i < 5; i++) { // 5 batches of 4 are 2 epochs of 10
            batches.fill(i, into);
            for (int row = 0; row < 4; row++) {
                assertThat(batch[2 * row + 1]).isEqualTo(batch[2 * row] + 40_000);
                assertThat(into.labels()[row]).isEqualTo(100 + batch[2 * row]);
                visits[batch[2 * row]]++;
            }
        }
        assertThat(visits).containsOnly(2);
    }

    @Test
    void aMaskHidesTheShareAskedForAndAnotherEachTime() {
        float[] first = new float[10_000];
        float[] second = new float[10_000];
        Masks masks = new Masks(0.15, 3);
        masks.ofIteration(0, first);
        masks.ofIteration(1, second);
        assertThat(hidden(first)).isBetween(1300, 1700);
        assertThat(second).isNotEqualTo(first);
        masks.ofIteration(0, second);
        assertThat(second).isEqualTo(first);
        masks.ofImage(0, 0, first, 0, 10_000);
        masks.ofImage(0, 1, second, 0, 10_000);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aCropOfTheReflectedImageMovesWholePixels() {
        int[] image = {
            0, 1, 2, //
            3, 4, 5, //
            6, 7, 8
        };
        int[] moved = image.clone();
        Augmentation.crop(moved, 0, Grid.square(3), 0, 0, true);
        assertThat(moved).containsExactly(2, 1, 0, 5, 4, 3, 8, 7, 6);
        moved = image.clone();
        Augmentation.crop(moved, 0, Grid.square(3), -1, 1, false);
        assertThat(moved).containsExactly(4, 5, 4, 1, 2, 1, 4, 5, 4);
    }

    @Test
    void aCropOfAnOblongGridKeepsItsRows() {
        int[] image = {
            0, 1, 2, //
            3, 4, 5
        };
        Augmentation.crop(image, 0, new Grid(2, 3), 1, 1, false);
        assertThat(image).containsExactly(4, 5, 4, 1, 2, 1);
    }

    private static int hidden(float[] seen) {
        int hidden = 0;
        for (float one : seen) {
            hidden += one == 0 ? 1 : 0;
        }
        return hidden;
    }

    private static Batches batches(Tokens tokens) {
        int[] labels = IntStream.range(100, 110).toArray();
        return new Batches(tokens, labels, 4, 7, new Masks(0.5, 7), Augmentation.NONE);
    }

    private static Batch batch() {
        return new Batch(new int[4 * 2], new float[4 * 2], new int[4]);
    }

    /** Row r is r and r + 40,000: more than a signed short holds. */
    private static Tokens tokens(Path folder, int rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(rows * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            bytes.putShort((short) row).putShort((short) (row + 40_000));
        }
        return Tokens.map(Files.write(folder.resolve("tokens.u16"), bytes.array()), new Grid(1, 2));
    }
}
