package igpt.weights;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Hugging Face's layout. {@code sos} is the last row of its token embedding; queries, keys and values are one matrix, [e, 3
 * e], of which ours are the transposed thirds; biases, which an Image GPT does not have, are zero.
 */
final class HuggingFaceWeights implements ModelWeights {
    // Axes: e width, a heads, s positions, v colours, K classes.
    private static final String WTE = "transformer.wte.weight"; // [v + 1, e]
    private static final String SCORE = "score.weight"; // [K, e]
    private static final String C_ATTN = "transformer.h.%s.attn.c_attn.weight"; // [e, 3 e]
    private static final Pattern IS_C_ATTN = Pattern.compile("transformer\\.h\\.(\\d+)\\.attn\\.c_attn\\.weight");
    private static final Pattern IS_PROJECTION = Pattern.compile("model/h(\\d+)/attn/([qkv])_proj"); // [a, e / a, e]
    private static final Pattern IS_MASK = Pattern.compile("transformer\\.h\\.\\d+\\.attn\\.(bias|masked_bias)");

    private final TensorFile file;
    private final ModelConfig config;
    private final int classes;
    private final Map<String, String> theirs;

    private HuggingFaceWeights(TensorFile file, ModelConfig config, int classes) {
        this.file = file;
        this.config = config;
        this.classes = classes;
        theirs = same(config);
    }

    /**
     * @param config as its {@code config.json} says
     * @throws igpt.schema.UserException if the tensors are not those of such a model, naming one
     */
    static HuggingFaceWeights of(TensorFile file, ModelConfig config) throws IOException {
        int classes = file.tensors().containsKey(SCORE) ? ExpectedTensors.axis(file, SCORE, 2, 0) : 0;
        var expected = tensors(config, classes);
        // Older files hold the causal masks.
        ExpectedTensors.check(file, expected, name -> IS_MASK.matcher(name).matches());
        for (var name : expected.keySet()) {
            if (name.endsWith(".bias")) {
                checkZero(file, name);
            }
        }
        return new HuggingFaceWeights(file, config, classes);
    }

    private static void checkZero(TensorFile file, String bias) throws IOException {
        for (float value : file.read(bias)) {
            if (value != 0) {
                throw Refusal.of(file.path(), bias, "is not zero: an Image GPT has no biases");
            }
        }
    }

    /** All that there are, by name. */
    static SortedMap<String, TensorInfo> tensors(ModelConfig config, int classes) {
        long e = config.width();
        var tensors = new TreeMap<String, TensorInfo>();
        tensors.put(WTE, TensorInfo.floats(config.colours() + 1, e));
        tensors.put("transformer.wpe.weight", TensorInfo.floats(config.positions(), e));
        tensors.put("transformer.ln_f.weight", TensorInfo.floats(e));
        tensors.put("lm_head.weight", TensorInfo.floats(config.colours(), e));
        for (int layer = 0; layer < config.layers(); layer++) {
            var block = "transformer.h." + layer + ".";
            tensors.put(block + "ln_1.weight", TensorInfo.floats(e));
            tensors.put(block + "attn.c_attn.weight", TensorInfo.floats(e, 3 * e));
            tensors.put(block + "attn.c_attn.bias", TensorInfo.floats(3 * e));
            tensors.put(block + "attn.c_proj.weight", TensorInfo.floats(e, e));
            tensors.put(block + "attn.c_proj.bias", TensorInfo.floats(e));
            tensors.put(block + "ln_2.weight", TensorInfo.floats(e));
            tensors.put(block + "mlp.c_fc.weight", TensorInfo.floats(e, 4 * e));
            tensors.put(block + "mlp.c_fc.bias", TensorInfo.floats(4 * e));
            tensors.put(block + "mlp.c_proj.weight", TensorInfo.floats(4 * e, e));
            tensors.put(block + "mlp.c_proj.bias", TensorInfo.floats(e));
        }
        if (classes > 0) {
            tensors.put(SCORE, TensorInfo.floats(classes, e));
        }
        return tensors;
    }

    /** Their names of those of our weights that hold the same numbers in the same order. */
    private static Map<String, String> same(ModelConfig config) {
        var same = new LinkedHashMap<String, String>();
        same.put(Weights.WPE, "transformer.wpe.weight");
        same.put(Weights.WTET, "lm_head.weight");
        same.put("model/ln_f/g", "transformer.ln_f.weight");
        for (int layer = 0; layer < config.layers(); layer++) {
            var ours = "model/h" + layer + "/";
            var block = "transformer.h." + layer + ".";
            same.put(ours + "ln_1/g", block + "ln_1.weight");
            same.put(ours + "attn/c_proj", block + "attn.c_proj.weight"); // [a, e / a, e] is [e, e]
            same.put(ours + "ln_2/g", block + "ln_2.weight");
            same.put(ours + "mlp/c_fc/w", block + "mlp.c_fc.weight");
            same.put(ours + "mlp/c_proj/w", block + "mlp.c_proj.weight");
        }
        return same;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public float[] read(String weight) throws IOException {
        int e = config.width();
        int v = config.colours();
        var projection = IS_PROJECTION.matcher(weight);
        if (projection.matches()) {
            var all = file.read(C_ATTN.formatted(projection.group(1)));
            return Matrices.columns(all, e, "qkv".indexOf(projection.group(2)) * e, e);
        }
        return switch (weight) {
            case Weights.WTE -> Arrays.copyOf(file.read(WTE), v * e);
            case Weights.SOS -> Arrays.copyOfRange(file.read(WTE), v * e, (v + 1) * e);
            case Head.WEIGHT -> Matrices.transposed(file.read(SCORE), classes);
            default -> file.read(Objects.requireNonNull(theirs.get(weight), weight));
        };
    }

    /** The numbers of each of the {@link #tensors}. */
    static TensorValues values(ModelWeights from) {
        var ours = new TreeMap<String, String>();
        same(from.config()).forEach((our, their) -> ours.put(their, our));
        int e = from.config().width();
        var tensors = tensors(from.config(), from.classes());
        return name -> {
            var attention = IS_C_ATTN.matcher(name);
            if (attention.matches()) {
                var all = new float[3 * e * e];
                for (int third = 0; third < 3; third++) {
                    var weight = "model/h%s/attn/%s_proj".formatted(attention.group(1), "qkv".charAt(third));
                    Matrices.putColumns(from.read(weight), all, e, third * e);
                }
                return all;
            }
            if (name.endsWith(".bias")) {
                return new float
                        [Math.toIntExact(
                                Objects.requireNonNull(tensors.get(name)).size())];
            }
            return switch (name) {
                case WTE -> joined(from.read(Weights.WTE), from.read(Weights.SOS));
                case SCORE -> Matrices.transposed(from.read(Head.WEIGHT), e);
                default -> from.read(Objects.requireNonNull(ours.get(name), name));
            };
        };
    }

    private static float[] joined(float[] first, float[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
