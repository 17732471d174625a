package igpt.weights;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Weights;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenAI's layout, whose names and shapes are ours but for the head: theirs is [K, e], ours [e, K]. A model without {@code
 * sos} is a BERT.
 */
final class OpenAiWeights implements ModelWeights {
    // Axes: e width, a heads, s positions, v colours, K classes.
    private static final String Q_PROJ = "model/h0/attn/q_proj"; // [a, e / a, e]

    private static final Pattern IN_BLOCK = Pattern.compile("model/h(\\d{1,9})/.*");

    private final TensorFile file;
    private final ModelConfig config;
    private final int classes;

    private OpenAiWeights(TensorFile file, ModelConfig config, int classes) {
        this.file = file;
        this.config = config;
        this.classes = classes;
    }

    /** @throws igpt.schema.UserException if it is no Image GPT, naming the tensor */
    static OpenAiWeights of(TensorFile file) {
        int classes = file.tensors().containsKey(Head.WEIGHT) ? ExpectedTensors.axis(file, Head.WEIGHT, 2, 0) : 0;
        var weights = new OpenAiWeights(file, config(file), classes);
        ExpectedTensors.check(file, tensors(weights.config, classes), OpenAiWeights::isIgnored);
        return weights;
    }

    private static ModelConfig config(TensorFile file) {
        int last = file.tensors().keySet().stream()
                .map(IN_BLOCK::matcher)
                .filter(Matcher::matches)
                .mapToInt(block -> Integer.parseInt(block.group(1)))
                .max()
                .orElse(0);
        int layers = Math.min(last + 1, file.tensors().size()); // whatever a name says
        int heads = ExpectedTensors.axis(file, Q_PROJ, 3, 0);
        try {
            return new ModelConfig(
                    layers,
                    ExpectedTensors.axis(file, Weights.WTE, 2, 1),
                    heads,
                    ExpectedTensors.axis(file, Weights.WPE, 2, 0),
                    ExpectedTensors.axis(file, Weights.WTE, 2, 0),
                    file.tensors().containsKey(Weights.SOS) ? Objective.AR : Objective.BERT);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(file.path(), Q_PROJ, "does not go with " + Weights.WTE + ": " + e.getMessage());
        }
    }

    /** All that there are, by name. */
    static SortedMap<String, TensorInfo> tensors(ModelConfig config, int classes) {
        var tensors = new TreeMap<String, TensorInfo>();
        for (var weight : Weights.of(config)) {
            tensors.put(weight.name(), TensorInfo.floats(weight.shape()));
        }
        if (classes > 0) {
            tensors.put(Head.WEIGHT, TensorInfo.floats(classes, config.width()));
        }
        return tensors;
    }

    /** What training needed: moments, counters. */
    private static boolean isIgnored(String name) {
        return !name.startsWith("model/") || name.matches(".*/Adam(_\\d+)?");
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
        var values = file.read(weight);
        return weight.equals(Head.WEIGHT) ? Matrices.transposed(values, classes) : values;
    }

    /** The numbers of each of the {@link #tensors}. */
    static TensorValues values(ModelWeights from) {
        return name -> {
            var values = from.read(name);
            return name.equals(Head.WEIGHT)
                    ? Matrices.transposed(values, from.config().width())
                    : values;
        };
    }
}
