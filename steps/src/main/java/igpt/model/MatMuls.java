package igpt.model;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** The model's matrix products, in the precision that is asked for. */
record MatMuls(Ops tf, Precision precision) {

    /** Of x, [m, k], and w, [k, n]; or w turned, [n, k]. */
    Operand<TFloat32> of(Operand<TFloat32> x, Operand<TFloat32> w, boolean turnW) {
        return of(x, false, w, turnW);
    }

    /** The same; or of x turned, [k, m]. */
    Operand<TFloat32> of(Operand<TFloat32> x, boolean turnX, Operand<TFloat32> w, boolean turnW) {
        MatMul.Options[] turn = {MatMul.transposeA(turnX), MatMul.transposeB(turnW)};
        return switch (precision) {
            case FLOAT32 -> tf.linalg.matMul(x, w, turn);
            case BFLOAT16 -> wide(tf.linalg.matMul(narrow(x), narrow(w), turn));
        };
    }

    /** Of each head: x, [b a, m, k], or turned, [b a, k, m]; and y, [b a, k, n], or turned, [b a, n, k]. */
    Operand<TFloat32> ofHeads(Operand<TFloat32> x, boolean turnX, Operand<TFloat32> y, boolean turnY) {
        BatchMatMul.Options[] turn = {BatchMatMul.adjX(turnX), BatchMatMul.adjY(turnY)};
        return switch (precision) {
            case FLOAT32 -> tf.train.batchMatMul(x, y, TFloat32.class, turn);
            case BFLOAT16 -> wide(tf.train.batchMatMul(narrow(x), narrow(y), TBfloat16.class, turn));
        };
    }

    /**
     * A product, or a copy of it, to be kept for the backward pass. Bfloat16 takes half the room, two numbers in place of
     * one, and loses nothing, since that is what it was computed in.
     *
     * @param shape its own, from −1 on
     */
    Operand<TFloat32> packed(Operand<TFloat32> product, int... shape) {
        int row = row(shape);
        return halves(row)
                ? tf.bitcast(tf.reshape(narrow(product), tf.constant(new int[] {-1, row / 2, 2})), TFloat32.class)
                : product;
    }

    /** The opposite: of that shape. */
    Operand<TFloat32> unpacked(Operand<TFloat32> packed, int... shape) {
        return halves(row(shape)) ? wide(tf.reshape(tf.bitcast(packed, TBfloat16.class), tf.constant(shape))) : packed;
    }

    private boolean halves(int row) {
        return precision == Precision.BFLOAT16 && row % 2 == 0;
    }

    private static int row(int... shape) {
        return Arrays.stream(shape, 1, shape.length).reduce(1, Math::multiplyExact);
    }

    private Operand<TBfloat16> narrow(Operand<TFloat32> x) {
        return tf.dtypes.cast(x, TBfloat16.class);
    }

    private Operand<TFloat32> wide(Operand<TBfloat16> x) {
        return tf.dtypes.cast(x, TFloat32.class);
    }
}
