package igpt.model;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** The model's matrix products, in a precision. */
record MatMuls(Ops tf, Precision precision) {

    /** x w, [m, n], of x [m, k] and w [k, n], or [n, k] if it is transposed. */
    Operand<TFloat32> of(Operand<TFloat32> x, Operand<TFloat32> w, boolean transposeW) {
        return of(x, false, w, transposeW);
    }

    /** The same; x is [k, m] if it is transposed. */
    Operand<TFloat32> of(Operand<TFloat32> x, boolean transposeX, Operand<TFloat32> w, boolean transposeW) {
        MatMul.Options[] options = {MatMul.transposeA(transposeX), MatMul.transposeB(transposeW)};
        return switch (precision) {
            case FLOAT32 -> tf.linalg.matMul(x, w, options);
            case BFLOAT16 -> wide(tf.linalg.matMul(narrow(x), narrow(w), options));
        };
    }

    /** x y of each head, [b a, m, n], of x [b a, m, k], transposed [b a, k, m], and y [b a, k, n], transposed [b a, n, k]. */
    Operand<TFloat32> ofHeads(Operand<TFloat32> x, boolean transposeX, Operand<TFloat32> y, boolean transposeY) {
        BatchMatMul.Options[] options = {BatchMatMul.adjX(transposeX), BatchMatMul.adjY(transposeY)};
        return switch (precision) {
            case FLOAT32 -> tf.train.batchMatMul(x, y, TFloat32.class, options);
            case BFLOAT16 -> wide(tf.train.batchMatMul(narrow(x), narrow(y), TBfloat16.class, options));
        };
    }

    /**
     * A product as it is kept for the backward pass. In bfloat16 two numbers are packed into one float32, which takes half
     * the memory and loses nothing, since the product was computed in bfloat16.
     *
     * @param shape the product's, with −1 for its first axis
     */
    Operand<TFloat32> packed(Operand<TFloat32> product, int... shape) {
        int row = row(shape);
        return halves(row)
                ? tf.bitcast(tf.reshape(narrow(product), tf.constant(new int[] {-1, row / 2, 2})), TFloat32.class)
                : product;
    }

    /** The inverse of {@link #packed}. */
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
