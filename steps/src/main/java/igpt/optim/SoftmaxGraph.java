package igpt.optim;

import igpt.runtime.ThreadPools;
import java.util.ArrayList;
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

    private static final int STRIP = 256; // columns

    private final int width; // of j
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> features; // [i j]
    private final Placeholder<TInt32> labels; // [i]
    private final Placeholder<TFloat32> weights; // [k j]
    private final Operand<TFloat32> turned; // [k i]: logits
    private final Placeholder<TFloat32> point; // [k i]: logits of a point, along whose rows there is a direction
    private final Operand<TFloat64> loss;
    private final Operand<TFloat32> gradient; // [k j]
    private final Operand<TFloat32> gram; // [j j], its upper triangle
    private final Placeholder<TInt32> chosen; // a class
    private final Operand<TFloat32> gramOfClass; // [j j], likewise
    private final Operand<TFloat32> bent; // [k j]

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
        this.width = width;
        var tf = Ops.create(graph);
        features = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        weights = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(classes, width)));
        turned = tf.linalg.matMul(weights, features, MatMul.transposeB(true)); // half the time of X Wᵀ
        var logits = logits(tf, turned);
        var entropy = tf.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels);
        loss = tf.reduceSum(entropy.loss(), tf.constant(0));
        var residuals = tf.dtypes.cast(entropy.backprop(), TFloat32.class); // [i k]: softmax − one-hot
        gradient = tf.linalg.matMul(residuals, features, MatMul.transposeA(true));
        var p = tf.nn.softmax(logits);
        var spread = tf.reduceSum(tf.math.mul(p, tf.math.sub(tf.constant(1.0), p)), tf.constant(1)); // [i]
        var curvature = tf.math.div(spread, tf.constant((double) classes - 1));
        var weight = tf.expandDims(tf.dtypes.cast(curvature, TFloat32.class), tf.constant(1)); // [i 1]
        gram = gram(tf, weight);
        chosen = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
        var own = tf.gather(tf.math.mul(p, tf.math.sub(tf.constant(1.0), p)), chosen, tf.constant(1)); // [i]
        var ownWeight = tf.expandDims(tf.dtypes.cast(own, TFloat32.class), tf.constant(1)); // [i 1]
        gramOfClass = gram(tf, ownWeight);
        point = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(classes, -1)));
        var q = tf.nn.softmax(logits(tf, point));
        var mean = tf.expandDims(tf.reduceSum(tf.math.mul(q, logits), tf.constant(1)), tf.constant(1)); // [i 1]
        var change = tf.dtypes.cast(tf.math.mul(q, tf.math.sub(logits, mean)), TFloat32.class); // [i k]: of the softmax
        bent = tf.linalg.matMul(change, features, MatMul.transposeA(true));
        session = new Session(
                graph, ThreadPools.options(1, -1).putDeviceCount("GPU", 0).build());
    }

    /** Strips of some columns, each from the diagonal on: what is below is the same again, and stays 0. */
    private Operand<TFloat32> gram(Ops tf, Operand<TFloat32> weight) {
        var weighted = tf.math.mul(features, weight);
        var strips = new ArrayList<Operand<TFloat32>>();
        for (int from = 0; from < width; from += STRIP) {
            int count = Math.min(STRIP, width - from);
            var left = tf.slice(weighted, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
            var right = tf.slice(features, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, width - from}));
            var strip = tf.linalg.matMul(left, right, MatMul.transposeA(true));
            strips.add(tf.pad(strip, tf.constant(new int[][] {{0, 0}, {from, 0}}), tf.constant(0f)));
        }
        return strips.size() == 1 ? strips.get(0) : tf.concat(strips, tf.constant(0));
    }

    /** [i k] */
    private static Operand<TFloat64> logits(Ops tf, Operand<TFloat32> turned) {
        return tf.dtypes.cast(tf.linalg.transpose(turned, tf.constant(new int[] {1, 0})), TFloat64.class);
    }

    /** Weights [k, j], to be fed to any number of blocks. */
    TFloat32 tensor(float[] at) {
        return TFloat32.tensorOf(Shape.of(at.length / width, width), DataBuffers.of(at));
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
     * Xᵀ diag(curvature) X, [j, j]. A row's curvature is Σ p (1 − p) / (K − 1), the mean of the Hessian's eigenvalues over
     * the logits that matter: 1 / K where all classes are equally likely, 0 where one is certain.
     */
    float[] gram(Block block, TFloat32 at) {
        try (var out = runner(block, at).fetch(gram).run()) {
            return floats((TFloat32) out.get(0));
        }
    }

    /** Xᵀ diag(p (1 − p)) X of a class, [j, j]: its own part of the Hessian. */
    float[] gram(Block block, TFloat32 at, int k) {
        try (var of = TInt32.scalarOf(k);
                var out = runner(block, at).feed(chosen, of).fetch(gramOfClass).run()) {
            return floats((TFloat32) out.get(0));
        }
    }

    /** Of a block's rows [k, i]; to be closed. */
    TFloat32 logits(Block block, TFloat32 at) {
        return (TFloat32) runner(block, at).fetch(turned).run().get(0);
    }

    /** The change of {@link #sums}' gradient along a direction [k, j], at the point of these logits. */
    float[] bent(Block block, TFloat32 logits, TFloat32 direction) {
        try (var out = runner(block, direction).feed(point, logits).fetch(bent).run()) {
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
