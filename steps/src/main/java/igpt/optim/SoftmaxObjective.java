package igpt.optim;

import igpt.optim.SoftmaxGraph.Block;
import igpt.optim.SoftmaxGraph.Sums;
import java.util.Arrays;
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

    private final int features;
    private final int width; // of j
    private final int rows;
    private final int threads;
    private final SoftmaxGraph graph;
    private final Block[] blocks; // one takes every n-th row of n blocks', so each is a sample of all
    private double strength = 1;

    SoftmaxObjective(float[] x, int rows, float[] mean, int[] labels, int classes, int threads) {
        this.rows = rows;
        this.threads = threads;
        features = mean.length;
        width = width(features);
        graph = new SoftmaxGraph(classes, width);
        blocks = new Block[(rows + ROWS - 1) / ROWS];
        Parallel.run(threads, blocks.length, block -> blocks[block] = block(block, x, mean, labels));
    }

    /** With the constant; up to a multiple of 16, so that rows begin at multiples of 64 bytes. */
    static int width(int features) {
        return (features + 1 + 15) / 16 * 16;
    }

    private Block block(int first, float[] x, float[] mean, int[] labels) {
        int stride = blocks.length;
        int count = (rows - first + stride - 1) / stride;
        var tensor = TFloat32.tensorOf(Shape.of(count, width));
        var to = tensor.asRawTensor().data().asFloats();
        var centred = new float[width];
        centred[features] = 1;
        var own = new int[count];
        for (int i = 0; i < count; i++) {
            int row = first + i * stride;
            System.arraycopy(x, row * features, centred, 0, features);
            for (int j = 0; j < features; j++) {
                centred[j] -= mean[j];
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
        var sums = new Sums[blocks.length];
        try (var tensor = graph.tensor(weights)) {
            Parallel.run(threads, blocks.length, block -> sums[block] = graph.sums(blocks[block], tensor));
        }
        double loss = 0;
        Arrays.fill(gradient, 0);
        for (var sum : sums) {
            loss += sum.loss();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += sum.gradient()[i];
            }
        }
        double squares = 0;
        for (int i = 0; i < gradient.length; i++) {
            double w = i % width == features ? 0 : weights[i]; // the intercept is not penalised
            gradient[i] = strength * gradient[i] + w;
            squares += w * w;
        }
        return strength * loss + squares / 2;
    }

    /** How strongly a row bends the loss at this point, on average: 1 / K or less. */
    double meanCurvature(double[] at) {
        var bends = new double[blocks.length];
        try (var tensor = graph.tensor(floats(at))) {
            Parallel.run(threads, blocks.length, block -> bends[block] = graph.bend(blocks[block], tensor));
        }
        return Arrays.stream(bends).sum() / rows;
    }

    /** That of the rows at this point, each counting as much as it bends the loss; some blocks' stand for all. */
    Gram gram(double[] at) {
        int enough = Math.max(4096, 8 * width); // eight rows a column
        int taken = Math.min(blocks.length, (enough + ROWS - 1) / ROWS);
        var sums = new float[Math.min(PIECES, taken)][width * width];
        try (var tensor = graph.tensor(floats(at))) {
            Parallel.run(threads, sums.length, piece -> {
                for (int block = piece; block < taken; block += sums.length) {
                    Kernels.add(sums[piece], graph.gram(blocks[block], tensor), 1, 0, width * width);
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
