package igpt.optim;

import igpt.optim.SoftmaxGraph.Block;
import igpt.optim.SoftmaxGraph.Sums;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * C · Σ −log softmax(W x + b)[label] + ½ |W|², scikit-learn's objective for multinomial logistic regression. Features
 * are centred, which moves W · mean into b and leaves the value as it is, and b is the weight of a constant feature.
 *
 * <p>The rows are dealt into blocks by their number alone and the blocks' sums are added in order, so any number of
 * threads gives the same bits.
 *
 * <p>Axes: j features (then the constant, then zeros up to a multiple of 16), k classes.
 */
final class SoftmaxObjective implements Lbfgs.Objective, AutoCloseable {

    private static final int ROWS = 1024; // of a block, at most

    private static final int PIECES = 4; // in which a Gram matrix is summed

    private static final int AT_ONCE = 32; // blocks whose sums lie in memory before they are added up

    private final int features;
    private final int width; // of j
    private final int rows;
    private final int threads;
    private final SoftmaxGraph graph;
    private final Block[] blocks; // one takes every n-th row of n blocks', so each is a sample of all
    private double strength = 1;

    SoftmaxObjective(float[] x, int rows, float[] mean, Columns columns, int[] labels, int classes, int threads) {
        this.rows = rows;
        this.threads = threads;
        features = columns.kept();
        width = width(features);
        graph = new SoftmaxGraph(classes, width);
        blocks = new Block[(rows + ROWS - 1) / ROWS];
        Parallel.run(threads, blocks.length, block -> blocks[block] = block(block, x, mean, columns, labels));
    }

    /** With the constant; up to a multiple of 16, so that rows begin at multiples of 64 bytes. */
    static int width(int features) {
        return (features + 1 + 15) / 16 * 16;
    }

    private Block block(int first, float[] x, float[] mean, Columns columns, int[] labels) {
        int stride = blocks.length;
        int count = (rows - first + stride - 1) / stride;
        var tensor = TFloat32.tensorOf(Shape.of(count, width));
        var to = tensor.asRawTensor().data().asFloats();
        var centred = new float[width];
        centred[features] = 1;
        var own = new int[count];
        for (int i = 0; i < count; i++) {
            int row = first + i * stride;
            for (int j = 0; j < features; j++) {
                int column = columns.source()[j];
                centred[j] = (x[row * mean.length + column] - mean[column]) * columns.scale()[j];
            }
            to.offset((long) i * width).write(centred);
            own[i] = labels[row];
        }
        return new Block(tensor, TInt32.tensorOf(Shape.of(count), DataBuffers.of(own)));
    }

    /** Sets C. */
    void strength(double c) {
        strength = c;
    }

    /**
     * {@code at} is [k, j], {@code gradient} likewise. Both terms are those of the weights as float32: were the penalty
     * that of the others, the difference would not vanish at the minimum.
     */
    @Override
    public double valueAndGradient(double[] at, double[] gradient) {
        var weights = floats(at);
        Arrays.fill(gradient, 0);
        double loss;
        try (var tensor = graph.tensor(weights)) {
            loss = add(gradient, block -> graph.sums(blocks[block], tensor));
        }
        double squares = 0;
        for (int i = 0; i < gradient.length; i++) {
            double w = i % width == features ? 0 : weights[i]; // the intercept is not penalised
            gradient[i] = strength * gradient[i] + w;
            squares += w * w;
        }
        return strength * loss + squares / 2;
    }

    /** That at a point [k, j], to be closed. */
    Hessian hessian(double[] at) {
        return new Hessian(at);
    }

    /** The second derivative at a point, whose logits are kept. */
    final class Hessian implements AutoCloseable {
        private final TFloat32[] logits = new TFloat32[blocks.length]; // [k i]

        private Hessian(double[] at) {
            try (var tensor = graph.tensor(floats(at))) {
                Parallel.run(threads, blocks.length, block -> logits[block] = graph.logits(blocks[block], tensor));
            }
        }

        /** Times a direction [k, j]. */
        void times(double[] direction, double[] product) {
            var d = floats(direction);
            Arrays.fill(product, 0);
            try (var tensor = graph.tensor(d)) {
                add(product, block -> new Sums(0, graph.bent(blocks[block], logits[block], tensor)));
            }
            for (int i = 0; i < product.length; i++) {
                product[i] = strength * product[i] + (i % width == features ? 0 : d[i]);
            }
        }

        @Override
        public void close() {
            for (var block : logits) {
                block.close();
            }
        }
    }

    /** Adds the blocks' sums up in their order; the loss. */
    private double add(double[] total, IntFunction<Sums> work) {
        double loss = 0;
        for (int from = 0; from < blocks.length; from += AT_ONCE) {
            int first = from;
            var sums = new Sums[Math.min(AT_ONCE, blocks.length - from)];
            Parallel.run(threads, sums.length, i -> sums[i] = work.apply(first + i));
            for (var sum : sums) {
                loss += sum.loss();
                for (int i = 0; i < total.length; i++) {
                    total[i] += sum.gradient()[i];
                }
            }
        }
        return loss;
    }

    /** The columns with the constant, up to a multiple of 16. */
    int width() {
        return width;
    }

    /** That of the rows at this point, each counting as much as it bends the loss; some blocks' stand for all. */
    Gram gram(double[] at) {
        return gram(at, Math.max(4096, 8 * width)); // eight rows a column
    }

    /** Of {@code enough} rows. */
    Gram gram(double[] at, int enough) {
        return gram(at, enough, graph::gram);
    }

    /** Each class's own, of {@code enough} rows: those that bend its logit the most count the most. */
    Gram gram(double[] at, int enough, int k) {
        return gram(at, enough, (block, tensor) -> graph.gram(block, tensor, k));
    }

    private Gram gram(double[] at, int enough, BiFunction<Block, TFloat32, float[]> of) {
        int taken = Math.min(blocks.length, (enough + ROWS - 1) / ROWS);
        var sums = new float[Math.min(PIECES, taken)][width * width];
        try (var tensor = graph.tensor(floats(at))) {
            Parallel.run(threads, sums.length, piece -> {
                for (int block = piece; block < taken; block += sums.length) {
                    Kernels.add(sums[piece], of.apply(blocks[block], tensor), 1, 0, width * width);
                }
            });
        }
        for (int piece = 1; piece < sums.length; piece++) {
            Kernels.add(sums[0], sums[piece], 1, 0, width * width);
        }
        int seen = Arrays.stream(blocks, 0, taken).mapToInt(Block::rows).sum();
        return new Gram(sums[0], width, features, (double) rows / seen, threads);
    }

    private static float[] floats(double[] at) {
        var weights = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            weights[i] = (float) at[i];
        }
        return weights;
    }

    @Override
    public void close() {
        graph.close();
        for (var block : blocks) {
            block.close();
        }
    }
}
