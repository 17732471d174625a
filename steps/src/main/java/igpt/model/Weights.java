package igpt.model;

import igpt.random.Keyed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** The weights of a model: names and shapes as in the released checkpoints, initialized as in the paper. */
public final class Weights {
    /** The token embedding of the input. */
    public static final String WTE = "model/wte";

    /** The embedding that is read in place of a token before the first one. */
    public static final String SOS = "model/sos";

    /** The position embedding. */
    public static final String WPE = "model/wpe";

    /** The token embedding of the output, which gives the logits. */
    public static final String WTET = "model/wtet";

    /** The gain of the norm after the last block. */
    static final String LN_F = "model/ln_f/g";

    private Weights() {}

    /** The folder of a block's weights. */
    static String block(int layer) {
        return "model/h" + layer;
    }

    /** The gain of the norm that reads a layer: at a block's entry, or after the last block. */
    public static String gain(ModelConfig config, int layer) {
        return layer == config.layers() ? LN_F : block(layer) + "/" + Block.LN_1;
    }

    /** Every weight, in the order of the forward pass. */
    public static List<Weight> of(ModelConfig config) {
        long e = config.width();
        long a = config.heads();
        long d = config.headWidth();
        long s = config.positions();
        long v = config.colours();
        var weights = new ArrayList<Weight>();
        weights.add(normal(WPE, 0.01, s, e));
        weights.add(normal(WTE, 0.02, v, e));
        if (config.causal()) {
            weights.add(normal(SOS, 0.02, e));
        }
        double attention = 1 / Math.sqrt(e);
        double projection = 1 / Math.sqrt((double) e * config.layers()); // keeps the residual's variance over depth
        for (int layer = 0; layer < config.layers(); layer++) {
            var block = block(layer) + "/";
            weights.add(gain(block + Block.LN_1, e));
            weights.add(normal(block + Block.Q_PROJ, attention, a, d, e));
            weights.add(normal(block + Block.K_PROJ, attention, a, d, e));
            weights.add(normal(block + Block.V_PROJ, attention, a, d, e));
            weights.add(normal(block + Block.ATTENTION_C_PROJ, projection, a, d, e));
            weights.add(gain(block + Block.LN_2, e));
            weights.add(normal(block + Block.C_FC, 0.02, e, 4 * e));
            weights.add(normal(block + Block.MLP_C_PROJ, 0.02, 4 * e, e));
        }
        weights.add(gain(LN_F, e));
        weights.add(normal(WTET, 0, v, e)); // zero: the first loss is ln(colours)
        return List.copyOf(weights);
    }

    /** The model's, and the head's if there is one. */
    public static List<Weight> of(ModelConfig config, @Nullable Head head) {
        var weights = new ArrayList<Weight>(of(config));
        if (head != null) {
            weights.add(head.weight(config));
        }
        return weights;
    }

    /** Parameters of the model, without allocating one. */
    public static long count(ModelConfig config) {
        return of(config).stream().mapToLong(Weight::size).sum();
    }

    /**
     * Initializes a weight. Its values depend on the seed and its name alone, whatever other weights there are.
     *
     * @param values to be set, row by row
     */
    public static void initialize(Weight weight, long seed, FloatDataBuffer values) {
        var name = new CRC32();
        name.update(weight.name().getBytes(StandardCharsets.UTF_8));
        var random = Keyed.random(seed, Keyed.WEIGHT, name.getValue());
        for (long i = 0; i < values.size(); i++) {
            double deviation = weight.sigma() == 0 ? 0 : weight.sigma() * gaussian(random);
            values.setFloat((float) (weight.mean() + deviation), i);
        }
    }

    /** Box and Muller's transform through StrictMath: the same bits on every machine. */
    private static double gaussian(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    private static Weight normal(String name, double sigma, long... shape) {
        return new Weight(name, shape, sigma, 0);
    }

    private static Weight gain(String name, long e) {
        return new Weight(name, new long[] {e}, 0, 1);
    }
}
