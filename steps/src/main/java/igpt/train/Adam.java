package igpt.train;

import igpt.graph.Replica;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * The paper's optimizer (section 3.4): β₁ 0.9, β₂ 0.95, no weight decay. Its moments are variables of the network, so a
 * checkpoint holds them. Gradients are not clipped, since the paper mentions no clipping.
 */
final class Adam {
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.95f;
    static final float EPSILON = 1e-8f;

    private final Placeholder<TFloat32> learningRate;
    private final Placeholder<TFloat32> beta1Power;
    private final Placeholder<TFloat32> beta2Power;

    Adam(Ops tf) {
        learningRate = scalar(tf);
        beta1Power = scalar(tf);
        beta2Power = scalar(tf);
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }

    /**
     * Moves a weight and its moments: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², and the weight against m / √v, both
     * corrected for their start at zero. TensorFlow's own kernel updates the variables in place.
     */
    Op update(Replica replica, String weight, Operand<TFloat32> gradient) {
        var tf = replica.tf();
        var shape = replica.shape(weight);
        return tf.train.resourceApplyAdam(
                replica.variable(weight),
                replica.variable(weight + "/Adam", shape), // the reference's names of the moments
                replica.variable(weight + "/Adam_1", shape),
                beta1Power,
                beta2Power,
                learningRate,
                tf.constant(BETA1),
                tf.constant(BETA2),
                tf.constant(EPSILON),
                gradient);
    }

    /** What depends on the iteration, counted from 0: the learning rate and the bias corrections. */
    Step step(long iteration, double rate) {
        return new Step(iteration, rate);
    }

    /** Values to be fed to the run that updates the weights. */
    final class Step implements AutoCloseable {
        private final TFloat32 learning;
        private final TFloat32 beta1;
        private final TFloat32 beta2;

        private Step(long iteration, double rate) {
            learning = TFloat32.scalarOf((float) rate);
            beta1 = TFloat32.scalarOf((float) StrictMath.pow(BETA1, iteration + 1));
            beta2 = TFloat32.scalarOf((float) StrictMath.pow(BETA2, iteration + 1));
        }

        Session.Runner feed(Session.Runner runner) {
            return runner.feed(learningRate, learning).feed(beta1Power, beta1).feed(beta2Power, beta2);
        }

        @Override
        public void close() {
            learning.close();
            beta1.close();
            beta2.close();
        }
    }
}
