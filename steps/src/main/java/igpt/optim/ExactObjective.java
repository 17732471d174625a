package igpt.optim;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The objective of {@link SoftmaxRegression} and its gradient in double, over the rows as they were given, and a bound
 * on how far above its minimum a point can be at most. Without TensorFlow, so that no thread pool orders the sums.
 *
 * <p>The bound is the distance to a value of the dual problem. To any αᵢ, a distribution over the classes for each row
 * i, whose sums are those of the labels, Σ αᵢ = Σ yᵢ, belongs a value that the minimum is not below: C Σ H(αᵢ) − ½ |A|²
 * with A = C Σ (αᵢ − yᵢ) xᵢᵀ and H the entropy. The softmax pᵢ at a point whose intercept is optimal is such an α, and
 * the distance is ½ |∇|², ∇ by the weights: what the strong convexity of the penalty says, too. So the intercept is
 * brought to its optimum first, by Newton's method. What rounding leaves of its gradient is mended by αᵢ = (1 − ε) pᵢ +
 * ε q, the same q for all rows, with the least ε for which q is a distribution; what that costs is added.
 *
 * <p>Axes: i rows, j features, k classes.
 */
final class ExactObjective {

    private static final int TILE = 128; // rows at a time
    private static final int PIECES = 16; // of all tiles, summed each by itself and then in order
    private static final long MOST_LOGITS = 1L << 28; // kept from sum to sum; more are computed again
    private static final double MOST_PRODUCTS = 1e11; // for the curvature by the intercept
    private static final double MEND = 1e-14; // what is left of the intercept's gradient, as a share of the labels

    private final float[] x;
    private final int rows;
    private final int width;
    private final float[] mean;
    private final int[] labels;
    private final int classes;
    private final int threads;
    private final double[] counts; // of labels [k]
    private final double size; // |X|, of centred rows

    /**
     * A point and what is known of it.
     *
     * @param weights [k, j]
     * @param intercept of centred features [k], optimal for the weights
     * @param gradient by the weights [k, j]
     * @param byIntercept what rounding leaves of the gradient by the intercept [k]
     * @param gap the value is at most this much above the minimum
     */
    @SuppressWarnings("ArrayRecordComponent") // read only
    record Point(
            double[] weights, double[] intercept, double value, double[] gradient, double[] byIntercept, double gap) {}

    /** @param x [rows, j], row-major; not copied */
    ExactObjective(float[] x, int rows, ColumnMeans means, int[] labels, int classes, int threads) {
        this.x = x;
        this.rows = rows;
        mean = means.mean();
        size = Math.sqrt(means.squares());
        this.labels = labels;
        this.classes = classes;
        this.threads = threads;
        width = mean.length;
        counts = new double[classes];
        for (int i = 0; i < rows; i++) {
            counts[labels[i]]++;
        }
    }

    /** The point of these weights [k, j], with the intercept that is best for them; it is looked for from this one. */
    Point at(double c, double[] weights, double[] intercept) {
        var b = intercept.clone();
        var logits = new Logits(weights);
        var loss = bestIntercept(logits, b);
        var gradient = residualSums(loss, logits, b);
        double squares = 0;
        double norm = 0;
        double pull = 0; // |A|²
        for (int at = 0; at < gradient.length; at++) {
            double a = c * gradient[at];
            gradient[at] = a + weights[at];
            squares += weights[at] * weights[at];
            norm += gradient[at] * gradient[at];
            pull += a * a;
        }
        var byIntercept = new double[classes];
        double mend = 0; // ε
        for (int k = 0; k < classes; k++) {
            byIntercept[k] = c * (loss.p[k] - counts[k]);
            mend = Math.max(mend, 1 - counts[k] / loss.p[k]);
        }
        // A changes by ε C Σ (q − pᵢ) xᵢᵀ, and neither |Σ xᵢ| nor |Σ yᵢ xᵢᵀ| exceeds √rows |X|
        double moved = mend * (Math.sqrt(pull) + 2 * c * Math.sqrt(rows) * size);
        double gap = norm / 2
                + Math.abs(Lbfgs.dot(byIntercept, b))
                + mend * c * rows * Math.log(classes)
                + moved * (Math.sqrt(pull) + moved / 2);
        return new Point(weights, b, c * loss.value + squares / 2, gradient, byIntercept, gap);
    }

    /** Σ −log p of the labels and its derivatives by the intercept. */
    private static final class Loss {
        double value;
        final double[] p; // Σ p [k]
        final double[][] curvature; // Σ p pᵀ [k][l], l ≤ k
        double[][] rows = {}; // p of each [tile][i, k]; empty if they are too many to be kept

        Loss(int classes, boolean curved) {
            p = new double[classes];
            curvature = new double[curved ? classes : 0][classes];
        }

        void add(Loss other) {
            value += other.value;
            Lbfgs.add(p, 1, other.p);
            for (int k = 0; k < curvature.length; k++) {
                Lbfgs.add(curvature[k], 1, other.curvature[k]);
            }
        }
    }

    /** Newton's method from {@code b}, which becomes the optimum: as far as double goes, and as the classes are few. */
    private Loss bestIntercept(Logits logits, double[] b) {
        boolean curved = (double) rows * classes * classes <= MOST_PRODUCTS;
        var at = loss(logits, b, curved);
        for (int step = 0; curved && step < 50 && residual(at) > MEND; step++) {
            var move = move(at);
            double[] to;
            Loss next;
            double length = 1;
            do {
                to = b.clone();
                Lbfgs.add(to, length, move);
                next = loss(logits, to, true);
                length /= 2;
            } while (!(next.value <= at.value * (1 + 1e-14)) && length > 1e-4);
            boolean near = residual(at) < 1e-8;
            if (!(next.value <= at.value * (1 + 1e-14)) || (near && residual(next) > residual(at) / 2)) {
                break; // rounding goes no further
            }
            System.arraycopy(to, 0, b, 0, classes);
            at = next;
        }
        return at;
    }

    /** By how large a share the sum of p misses the number of labels, in the class where it does most. */
    private double residual(Loss loss) {
        double most = 0;
        for (int k = 0; k < classes; k++) {
            most = Math.max(most, Math.abs(loss.p[k] / counts[k] - 1));
        }
        return most;
    }

    /** Newton's step; adding the same to each class, which changes nothing, is made to cost. */
    private double[] move(Loss loss) {
        var matrix = new double[classes][classes];
        var move = new double[classes];
        double trace = 0;
        for (int k = 0; k < classes; k++) {
            trace += loss.p[k] - loss.curvature[k][k];
        }
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l < classes; l++) {
                matrix[k][l] = trace / classes / classes - loss.curvature[Math.max(k, l)][Math.min(k, l)];
            }
            matrix[k][k] += loss.p[k] + 1e-14 * trace;
            move[k] = counts[k] - loss.p[k];
        }
        Dense.solve(matrix, move);
        return move;
    }

    private Loss loss(Logits logits, double[] b, boolean curved) {
        var parts = new Loss[PIECES];
        var kept = new double[areKept() ? tiles() : 0][];
        Parallel.run(threads, PIECES, piece -> {
            var part = new Loss(classes, curved);
            forTiles(piece, tile -> {
                var p = logits.of(tile).clone();
                for (int i = 0; i < p.length / classes; i++) {
                    part.value += softmax(p, i * classes, b, labels[tile * TILE + i]);
                    for (int k = 0; k < classes; k++) {
                        double share = p[i * classes + k];
                        part.p[k] += share;
                        for (int l = 0; curved && l <= k; l++) {
                            part.curvature[k][l] += share * p[i * classes + l];
                        }
                    }
                }
                if (kept.length > 0) {
                    kept[tile] = p;
                }
            });
            parts[piece] = part;
        });
        var total = new Loss(classes, curved);
        for (var part : parts) {
            total.add(part);
        }
        total.rows = kept;
        return total;
    }

    /** Turns the logits of a row without intercept into probabilities; −log p of its label. */
    private double softmax(double[] p, int from, double[] b, int label) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            p[from + k] += b[k];
            most = Math.max(most, p[from + k]);
        }
        double of = p[from + label] - most;
        double total = 0;
        for (int k = 0; k < classes; k++) {
            p[from + k] = Math.exp(p[from + k] - most);
            total += p[from + k];
        }
        for (int k = 0; k < classes; k++) {
            p[from + k] /= total;
        }
        return Math.log(total) - of;
    }

    /** Σ (pᵢ − yᵢ) xᵢᵀ [k, j]; the loss is that at the intercept {@code b}. */
    private double[] residualSums(Loss loss, Logits logits, double[] b) {
        return sums(tile -> {
            boolean known = loss.rows.length > 0;
            var p = known ? loss.rows[tile] : logits.of(tile).clone();
            for (int i = 0; i < p.length / classes; i++) {
                int label = labels[tile * TILE + i];
                if (!known) {
                    softmax(p, i * classes, b, label);
                }
                p[i * classes + label] -= 1;
            }
            return p;
        });
    }

    /** Whether there is memory for a number of each row and class. */
    private boolean areKept() {
        return (long) rows * classes <= MOST_LOGITS;
    }

    private int tiles() {
        return (rows + TILE - 1) / TILE;
    }

    private interface TileWeights {
        /** [rows of the tile, k] */
        double[] of(int tile);
    }

    /** Σ rᵢ xᵢᵀ [k, j], r given by tile. */
    private double[] sums(TileWeights r) {
        var parts = new double[PIECES][][];
        Parallel.run(threads, PIECES, piece -> {
            var part = new double[classes][width];
            var tileRows = new double[TILE][width];
            forTiles(piece, tile -> {
                int count = count(tile);
                for (int i = 0; i < count; i++) {
                    centre(tile * TILE + i, tileRows[i]);
                }
                for (int i = count; i < (count + 3) / 4 * 4; i++) {
                    Arrays.fill(tileRows[i], 0);
                }
                var weights = Arrays.copyOf(r.of(tile), TILE * classes);
                for (int i = 0; i < count; i += 4) { // four rows stay in the cache while all classes take them
                    for (int k = 0; k < classes; k++) {
                        Kernels.add4(
                                part[k],
                                tileRows[i],
                                tileRows[i + 1],
                                tileRows[i + 2],
                                tileRows[i + 3],
                                weights[i * classes + k],
                                weights[(i + 1) * classes + k],
                                weights[(i + 2) * classes + k],
                                weights[(i + 3) * classes + k],
                                width);
                    }
                }
            });
            parts[piece] = part;
        });
        return total(parts);
    }

    /** The pieces' sums [k][j], in their order. */
    private double[] total(double[][][] parts) {
        var total = new double[classes * width];
        for (var part : parts) {
            for (int at = 0; at < total.length; at++) {
                total[at] += part[at / width][at % width];
            }
        }
        return total;
    }

    private void centre(int row, double[] to) {
        for (int j = 0; j < width; j++) {
            to[j] = centred(row, j);
        }
    }

    private double centred(int row, int j) {
        return (double) x[row * width + j] - mean[j];
    }

    private int count(int tile) {
        return Math.min(TILE, rows - tile * TILE);
    }

    private void forTiles(int piece, IntConsumer work) {
        long end = (piece + 1L) * tiles() / PIECES;
        for (int tile = (int) ((long) piece * tiles() / PIECES); tile < end; tile++) {
            work.accept(tile);
        }
    }

    /** W xᵢ of each row, without intercept. */
    private final class Logits {
        private final double[] weights;
        private final double[][] kept; // [tile][i, k]

        Logits(double[] weights) {
            this.weights = weights;
            kept = new double[tiles()][];
        }

        /** [rows of the tile, k], read only; each tile is asked for by one thread at a time. */
        double[] of(int tile) {
            if (kept[tile] != null) {
                return kept[tile];
            }
            var logits = compute(tile);
            if (areKept()) {
                kept[tile] = logits;
            }
            return logits;
        }

        /** Four features at a time: the loops run along the rows. */
        private double[] compute(int tile) {
            int count = count(tile);
            var z = new double[classes][count];
            var columns = new double[4][count];
            int whole = width / 4 * 4;
            for (int j = 0; j < whole; j += 4) {
                turn(tile, count, j, columns[0], columns[1], columns[2], columns[3]);
                for (int k = 0; k < classes; k++) {
                    int w = k * width + j;
                    Kernels.add4(
                            z[k],
                            columns[0],
                            columns[1],
                            columns[2],
                            columns[3],
                            weights[w],
                            weights[w + 1],
                            weights[w + 2],
                            weights[w + 3],
                            count);
                }
            }
            for (int j = whole; j < width; j++) {
                for (int k = 0; k < classes; k++) {
                    for (int i = 0; i < count; i++) {
                        z[k][i] = Math.fma(weights[k * width + j], centred(tile * TILE + i, j), z[k][i]);
                    }
                }
            }
            var logits = new double[count * classes];
            for (int k = 0; k < classes; k++) {
                for (int i = 0; i < count; i++) {
                    logits[i * classes + k] = z[k][i];
                }
            }
            return logits;
        }

        /** Four columns of a tile's rows. Written out, since the compiler turns no inner loop of four into fast code. */
        private void turn(int tile, int count, int j, double[] c0, double[] c1, double[] c2, double[] c3) {
            double m0 = mean[j];
            double m1 = mean[j + 1];
            double m2 = mean[j + 2];
            double m3 = mean[j + 3];
            int from = tile * TILE * width + j;
            for (int i = 0; i < count; i++, from += width) {
                c0[i] = x[from] - m0;
                c1[i] = x[from + 1] - m1;
                c2[i] = x[from + 2] - m2;
                c3[i] = x[from + 3] - m3;
            }
        }
    }
}
