package igpt.optim;

import igpt.runtime.ThreadPools;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Sums over a block of rows, by TensorFlow's own kernels. Products are float32; softmax and loss are double, since
 * float32 would round away what a nearly certain row still lacks. May be called by many threads; each caller's thread
 * does its own work.
 *
 * <p>Axes: i rows of a block, j features, k classes.
 */
final class SoftmaxGraph implements AutoCloseable {

    private final Shape shape; // [k j]
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> features; // [i j]
    private final Placeholder<TInt32> labels; // [i]
    private final Placeholder<TFloat32> weights; // [k j]
    private final Operand<TFloat64> loss;
    private final Operand<TFloat32> gradient; // [k j]
    private final Operand<TFloat64> bend;
    private final Operand<TFloat32> gram; // [j j]

    /** Rows of a feature matrix and their labels. */
    record Block(TFloat32 features, TInt32 labels) implements AutoCloseable {

        int rows() {
            return (int) labels.size();
        }

        @Override
        public void close() {
            features.close();
            labels.close();
        }
    }

    /** @param gradient [k, j] */
    @SuppressWarnings("ArrayRecordComponent") // read only
    record Sums(double loss, float[] gradient) {}

    SoftmaxGraph(int classes, int width) {
        shape = Shape.of(classes, width);
        var tf = Ops.create(graph);
        features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        weights = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        var logits = tf.dtypes.cast(tf.linalg.matMul(features, weights, MatMul.transposeB(true)), TFloat64.class);
        var entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels);
        loss = tf.reduceSum(entropy.loss(), tf.constant(0));
        var residuals = tf.dtypes.cast(entropy.backprop(), TFloat32.class); // [i k]: softmax − one-hot
        gradient = tf.linalg.matMul(residuals, features, MatMul.transposeA(true));
        var p = tf.nn.softmax(logits);
        var spread = tf.reduceSum(tf.math.mul(p, tf.math.sub(tf.constant(1.0), p)), tf.constant(1)); // [i]
        var curvature = tf.math.div(spread, tf.constant((double) classes - 1));
        bend = tf.reduceSum(curvature, tf.constant(0));
        var weight = tf.expandDims(tf.dtypes.cast(curvature, TFloat32.class), tf.constant(1)); // [i 1]
        gram = tf.linalg.matMul(tf.math.mul(features, weight), features, MatMul.transposeA(true));
        session = new Session(
                graph, ThreadPools.options(1, -1).putDeviceCount("GPU", 0).build());
    }

    /** Weights [k, j] to be fed to any number of blocks. */
    TFloat32 tensor(float[] at) {
        return TFloat32.tensorOf(shape, DataBuffers.of(at));
    }

    /** Σ −log p of the labels, and its gradient. */
    Sums sums(Block block, TFloat32 at) {
        try (var out = runner(block, at)
                .feed(labels, block.labels)
                .fetch(loss)
                .fetch(gradient)
                .run()) {
            return new Sums(((TFloat64) out.get(0)).getDouble(), floats((TFloat32) out.get(1)));
        }
    }

    /**
     * How strongly the rows bend the loss: Σ p (1 − p) / (K − 1), the mean of the Hessian's eigenvalues over the logits
     * that matter. For each row 1 / K where all classes are equally likely, 0 where one is certain.
     */
    double bend(Block block, TFloat32 at) {
        try (var out = runner(block, at).fetch(bend).run()) {
            return ((TFloat64) out.get(0)).getDouble();
        }
    }

    /** Xᵀ diag(the same of each row) X, [j, j]. */
    float[] gram(Block block, TFloat32 at) {
        try (var out = runner(block, at).fetch(gram).run()) {
            return floats((TFloat32) out.get(0));
        }
    }

    private Session.Runner runner(Block block, TFloat32 at) {
        return session.runner().feed(features, block.features).feed(weights, at);
    }

    private static float[] floats(TFloat32 tensor) {
        var values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values));
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
