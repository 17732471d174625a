package igpt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SumByTokenTest {
    private static final int N = 500;
    private static final int E = 6;
    private static final int V = 9;

    @Test
    void theProductIsThePlainSum() {
        Random random = new Random(1);
        float[] rows = new float[N * E];
        int[] tokens = random.ints(N, 0, V - 1).toArray(); // the last is in none
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        float[] plain = sums(SumByToken.ROWS, rows, tokens);
        float[] product = sums(SumByToken.PRODUCT, rows, tokens);
        for (int i = 0; i < plain.length; i++) {
            assertThat(product[i]).isCloseTo(plain[i], within(1e-5f));
        }
        assertThat(plain[V * E - 1]).isZero();
    }

    @Test
    void aCpuAddsRowByRow() {
        assertThat(SumByToken.on(false)).isEqualTo(SumByToken.ROWS);
    }

    private static float[] sums(SumByToken how, float[] rows, int[] tokens) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            var sum = how.of(tf, tf.constant(Shape.of(N, E), DataBuffers.of(rows)), tf.constant(tokens), V);
            try (Result out = session.runner().fetch(sum).run()) {
                float[] values = new float[V * E];
                ((TFloat32) out.get(0)).copyTo(DataBuffers.of(values));
                return values;
            }
        }
    }
}
