package igpt.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** The weights of a model: names and shapes of the released checkpoints, and the paper's start. */
public final class Weights {
    /** The embedding of a token on its way in. */
    public static final String WTE = "model/wte";

    /** What stands before the first token. */
    public static final String SOS = "model/sos";

    /** The position. */
    public static final String WPE = "model/wpe";

    /** The embedding of a token on its way out. */
    public static final String WTET = "model/wtet";

    /** The gain of the norm after the last block. */
    static final String LAST_GAIN = "model/ln_f/g";

    private Weights() {}

    /** Every weight, in the order of the forward pass. */
    public static List<Weight> of(ModelConfig config) {
        long e = config.width();
        long a = config.heads();
        long d = config.headWidth();
        long s = config.positions();
        long v = config.colours();
        List<Weight> weights = new ArrayList<>();
        weights.add(normal(WPE, 0.01, s, e));
        weights.add(normal(WTE, 0.02, v, e));
        if (config.causal()) {
            weights.add(normal(SOS, 0.02, e));
        }
        double attention = 1 / Math.sqrt(e);
        double projection = 1 / Math.sqrt((double) e * config.layers()); // keeps the residual's variance over depth
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model/h" + layer + "/";
            weights.add(gain(block + "ln_1/g", e));
            weights.add(normal(block + "attn/q_proj", attention, a, d, e));
            weights.add(normal(block + "attn/k_proj", attention, a, d, e));
            weights.add(normal(block + "attn/v_proj", attention, a, d, e));
            weights.add(normal(block + "attn/c_proj", projection, a, d, e));
            weights.add(gain(block + "ln_2/g", e));
            weights.add(normal(block + "mlp/c_fc/w", 0.02, e, 4 * e));
            weights.add(normal(block + "mlp/c_proj/w", 0.02, 4 * e, e));
        }
        weights.add(gain(LAST_GAIN, e));
        weights.add(normal(WTET, 0, v, e)); // zero: the first loss is ln(colours)
        return List.copyOf(weights);
    }

    /** The model's, and the head's if there is one. */
    static List<Weight> of(ModelConfig config, @Nullable Head head) {
        List<Weight> weights = new ArrayList<>(of(config));
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
     * A weight's start, flat. It depends on the seed and the weight's name alone, so the same weight starts the same
     * whatever stands before it.
     *
     * @param values to be set
     */
    public static void start(Weight weight, long seed, FloatDataBuffer values) {
        CRC32 name = new CRC32();
        name.update(weight.name().getBytes(StandardCharsets.UTF_8));
        SplittableRandom random = Keyed.random(seed, Keyed.WEIGHT, name.getValue());
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
