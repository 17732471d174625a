package igpt.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;

/**
 * Root mean square norm with a gain: no mean is subtracted. x · g / √(mean(x²) + 10⁻⁵)
 *
 * @param gain [e]
 * @param width e
 */
record Norm(Ops tf, Operand<TFloat32> gain, int width) {
    private static final float EPSILON = 1e-5f;

    /** One over the root mean square of each row of x, [b s, e]: [b s, 1]. */
    Operand<TFloat32> inverse(Operand<TFloat32> x) {
        Operand<TFloat32> mean = tf.math.mul(sum(tf.math.square(x)), tf.constant(1f / width));
        return tf.math.rsqrt(tf.math.add(mean, tf.constant(EPSILON)));
    }

    /** x · inverse · gain, [b s, e]. */
    Operand<TFloat32> values(Operand<TFloat32> x, Operand<TFloat32> inverse) {
        return tf.math.mul(tf.math.mul(x, inverse), gain);
    }

    Operand<TFloat32> values(Operand<TFloat32> x) {
        return values(x, inverse(x));
    }

    /**
     * The gradient with respect to x, given g, that with respect to the values: r (u − x r² mean(u x)) with u = g · gain
     * and r the inverse; [b s, e].
     */
    Operand<TFloat32> byInput(Operand<TFloat32> x, Operand<TFloat32> inverse, Operand<TFloat32> g) {
        Operand<TFloat32> u = tf.math.mul(g, gain);
        Operand<TFloat32> share =
                tf.math.mul(tf.math.mul(sum(tf.math.mul(u, x)), tf.math.square(inverse)), tf.constant(1f / width));
        return tf.math.mul(inverse, tf.math.sub(u, tf.math.mul(x, share)));
    }

    /** The gradient with respect to the gain, given g, that with respect to the values: [e]. */
    Operand<TFloat32> byGain(Operand<TFloat32> x, Operand<TFloat32> inverse, Operand<TFloat32> g) {
        return tf.reduceSum(tf.math.mul(g, tf.math.mul(x, inverse)), tf.constant(0));
    }

    /** [b s, 1] */
    private Operand<TFloat32> sum(Operand<TFloat32> rows) {
        return tf.reduceSum(rows, tf.constant(-1), ReduceSum.keepDims(true));
    }
}
