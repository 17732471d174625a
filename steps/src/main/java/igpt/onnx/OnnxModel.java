package igpt.onnx;

import static igpt.onnx.Graph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Tap;
import igpt.model.Weight;
import igpt.model.Weights;
import igpt.weights.Matrices;
import igpt.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of {@link igpt.model.Transformer} in ONNX's operators, from tokens to features and probabilities. It ends
 * at the highest layer that is asked for: what lies above is not in the file.
 */
public final class OnnxModel {
    // Axes: b batch, s positions, e width, a heads, d head width, K classes. b is symbolic, all others are fixed.

    /** [b, s], int64: colours' numbers. */
    public static final String TOKENS = "tokens";

    /** Of a BERT, [b, s], float32: 1 where it sees the token, 0 where the token is masked. */
    public static final String SEEN = "seen";

    /** [b, e], float32. */
    public static final String FEATURES = "features";

    /** [b, K], float32. */
    public static final String PROBABILITIES = "probabilities";

    public static final int OPSET = OnnxFile.OPSET;

    private static final long LARGEST = Integer.MAX_VALUE; // of a protobuf message
    private static final float EPSILON = 1e-5f;
    private static final float UNSEEN = -1e10f; // added to the score of a key that a query must not see
    private static final float GELU = 1.702f; // x · sigmoid(1.702 x)

    private final ModelWeights weights;
    private final ModelConfig config;
    private final Outputs outputs;
    private final Graph graph;
    private final Map<String, Weight> shapes = new HashMap<>();
    private @Nullable String causalMask;

    private OnnxModel(ModelWeights weights, Outputs outputs) {
        this.weights = weights;
        this.outputs = outputs;
        config = weights.config();
        graph = new Graph("image_gpt");
        Weights.of(config).forEach(weight -> shapes.put(weight.name(), weight));
    }

    /**
     * Writes a model into one file, or into two if it is larger than 2 GB: the second is named like the first, with {@code
     * .data} after it. The same model gives the same bytes.
     *
     * @param weights with the head's, if that is an output
     * @param about told in the file, by key
     */
    public static void write(Path file, ModelWeights weights, Outputs outputs, Map<String, String> about)
            throws IOException {
        write(file, weights, outputs, about, LARGEST);
    }

    static void write(Path file, ModelWeights weights, Outputs outputs, Map<String, String> about, long largest)
            throws IOException {
        OnnxFile.write(file, new OnnxModel(weights, outputs).build(), about, largest);
    }

    private Graph build() {
        var features = new String[config.layers() + 1];
        var h = embedding();
        causalMask = config.causal() ? causalMask() : null;
        int highest = Collections.max(outputs.read());
        for (int layer = 0; layer <= highest; layer++) {
            if (layer > 0) {
                graph.enter("h%d/".formatted(layer - 1));
                h = block(layer - 1, h);
            }
            if (outputs.read().contains(layer)) {
                graph.enter("features_%d/".formatted(layer));
                features[layer] = average(layer, h);
            }
        }
        graph.enter("");
        for (int layer : outputs.layers()) {
            graph.output(outputs.name(layer), features[layer], DataType.FLOAT, config.width());
        }
        if (outputs.head() != null) {
            probabilities(outputs.head(), features[outputs.head().layer()]);
        }
        if (outputs.probe() != null) {
            probabilities(outputs.probe(), features[outputs.probe().layer()]);
        }
        return graph;
    }

    /** h⁰, [b, s, e]: position t reads token t − 1 and the first one sos; a BERT's reads its own token, if that is seen. */
    private String embedding() {
        graph.enter("embedding/");
        int s = config.positions();
        var tokens = graph.input(TOKENS, DataType.INT64, s);
        var content = config.causal() ? shifted(tokens) : masked(tokens, graph.input(SEEN, DataType.FLOAT, s));
        return graph.add("Add", List.of(content, weight(Weights.WPE)));
    }

    private String shifted(String tokens) {
        long s = config.positions();
        var before = graph.add(
                "Slice",
                List.of(
                        tokens,
                        graph.ints("first", 0),
                        graph.ints("positions_before", s - 1),
                        graph.ints("position_axis", 1)));
        var embedded = graph.add("Gather", List.of(weight(Weights.WTE), before)); // [b, s − 1, e]
        var later = graph.add("Pad", List.of(embedded, graph.ints("one_before", 0, 1, 0, 0, 0, 0))); // [b, s, e]
        var row = graph.add("Unsqueeze", List.of(weight(Weights.SOS), graph.ints("first", 0))); // [1, e]
        var sos = graph.add("Pad", List.of(row, graph.ints("all_others_after", 0, 0, s - 1, 0))); // [s, e]
        return graph.add("Add", List.of(later, sos));
    }

    private String masked(String tokens, String seen) {
        var embedded = graph.add("Gather", List.of(weight(Weights.WTE), tokens));
        var column = graph.add("Unsqueeze", List.of(seen, graph.ints("last_axis", 2)));
        return graph.add("Mul", List.of(embedded, column));
    }

    /** The residual after a block, [b, s, e], from that before it. */
    private String block(int layer, String h) {
        var name = "model/h%d/".formatted(layer);
        var a = graph.add("Add", List.of(h, attention(name, norm(h, name + "ln_1/g"))));
        return graph.add("Add", List.of(a, mlp(name, norm(a, name + "ln_2/g"))));
    }

    /** Of a norm, [b, s, e]: as large. */
    private String attention(String block, String x) {
        long s = config.positions();
        long e = config.width();
        long a = config.heads();
        long d = config.headWidth();
        var projected = graph.add("MatMul", List.of(x, projections(block))); // [b, s, 3 e]
        var parts = graph.add("Split", List.of(projected), 3, attribute("axis", 2));
        var scale = graph.scalar("attention_scale", (float) (1 / Math.sqrt(d)));
        var q = heads(graph.add("Mul", List.of(parts.get(0), scale)), 0L, 2L, 1L, 3L); // [b, a, s, d]
        var k = heads(parts.get(1), 0L, 2L, 3L, 1L); // [b, a, d, s]
        var v = heads(parts.get(2), 0L, 2L, 1L, 3L); // [b, a, s, d]
        var scores = graph.add("MatMul", List.of(q, k)); // [b, a, s, s]
        if (causalMask != null) {
            scores = graph.add("Add", List.of(scores, causalMask));
        }
        var shares = graph.add("Softmax", List.of(scores), attribute("axis", -1));
        var mixed = graph.add(
                "Transpose",
                List.of(graph.add("MatMul", List.of(shares, v))),
                attribute("perm", List.of(0L, 2L, 1L, 3L))); // [b, s, a, d]
        var joined = graph.add("Reshape", List.of(mixed, graph.ints("joined_heads", 0, s, e)));
        return graph.add("MatMul", List.of(joined, weight(block + "attn/c_proj", e, a * d)));
    }

    /** Queries, keys and values side by side, [e, 3 e]: one product in place of three. */
    private String projections(String block) {
        int e = config.width();
        return graph.weight(block + "attn/c_attn", List.of((long) e, 3L * e), () -> {
            var all = new float[3 * e * e];
            for (int third = 0; third < 3; third++) {
                var projection = weights.read(block + "attn/%s_proj".formatted("qkv".charAt(third))); // [a, d, e]
                Matrices.putColumns(projection, all, e, third * e);
            }
            return all;
        });
    }

    /** [b, s, e] as [b, s, a, d], with these axes in this order. */
    private String heads(String x, Long... order) {
        var shape = graph.ints("split_heads", 0, config.positions(), config.heads(), config.headWidth());
        return graph.add(
                "Transpose", List.of(graph.add("Reshape", List.of(x, shape))), attribute("perm", List.of(order)));
    }

    /** 0 where query s sees key t, −10¹⁰ where t is after it: [s, s]. A runtime computes it once. */
    private String causalMask() {
        graph.enter("causal_mask/");
        var t = new long[config.positions()];
        Arrays.setAll(t, i -> i);
        var keys = graph.ints("positions", t);
        var queries = graph.add("Unsqueeze", List.of(keys, graph.ints("position_axis", 1)));
        return graph.add(
                "Where",
                List.of(
                        graph.add("LessOrEqual", List.of(keys, queries)),
                        graph.scalar("visible", 0),
                        graph.scalar("unseen", UNSEEN)));
    }

    private String mlp(String block, String x) {
        var wide = graph.add("MatMul", List.of(x, weight(block + "mlp/c_fc/w")));
        var gate = graph.add("Sigmoid", List.of(graph.add("Mul", List.of(wide, graph.scalar("gelu", GELU)))));
        return graph.add("MatMul", List.of(graph.add("Mul", List.of(wide, gate)), weight(block + "mlp/c_proj/w")));
    }

    /** x · g / √(mean(x²) + 10⁻⁵) */
    private String norm(String x, String gain) {
        var mean = graph.add(
                "ReduceMean",
                List.of(graph.add("Mul", List.of(x, x))),
                attribute("axes", List.of(-1L)),
                attribute("keepdims", 1));
        var root = graph.add("Sqrt", List.of(graph.add("Add", List.of(mean, graph.scalar("epsilon", EPSILON)))));
        return graph.add("Mul", List.of(graph.add("Div", List.of(x, root)), weight(gain)));
    }

    /** A layer's features, [b, e], from its residual. */
    private String average(int layer, String h) {
        var values = outputs.tap() == Tap.MEAN_NORM ? norm(h, Weights.gain(config, layer)) : h;
        return mean(values);
    }

    private String mean(String values) {
        return graph.add("ReduceMean", List.of(values), attribute("axes", List.of(1L)), attribute("keepdims", 0));
    }

    private void probabilities(Head head, String features) {
        graph.enter("head/");
        long e = config.width();
        var matrix = graph.weight(Head.WEIGHT, List.of(e, (long) head.classes()), () -> weights.read(Head.WEIGHT));
        var logits = graph.add("MatMul", List.of(features, matrix));
        softmax(logits, head.classes());
    }

    /** In float64, as it was fitted: its weights may be large, and of either sign. */
    private void probabilities(Outputs.Probe probe, String features) {
        graph.enter("probe/");
        int classes = probe.fit().intercept().length;
        int e = config.width();
        var transposed = new double[e * classes];
        for (int i = 0; i < transposed.length; i++) {
            transposed[i] = probe.fit().weights()[i % classes * e + i / classes];
        }
        var x = graph.add("Cast", List.of(features), attribute("to", DataType.DOUBLE_VALUE));
        var products = graph.add("MatMul", List.of(x, graph.doubles("probe/weights", transposed, e, classes)));
        var intercept = graph.doubles("probe/intercept", probe.fit().intercept(), classes);
        softmax(graph.add("Add", List.of(products, intercept)), classes);
    }

    private void softmax(String logits, int classes) {
        var shares = graph.add("Softmax", List.of(logits), attribute("axis", -1));
        var probabilities = graph.add("Cast", List.of(shares), attribute("to", DataType.FLOAT_VALUE));
        graph.enter("");
        graph.output(PROBABILITIES, probabilities, DataType.FLOAT, classes);
    }

    private String weight(String name) {
        return weight(name, Objects.requireNonNull(shapes.get(name), name).shape());
    }

    /** @param shape as the graph wants it: of the same numbers in the same order */
    private String weight(String name, long... shape) {
        return graph.weight(name, Arrays.stream(shape).boxed().toList(), () -> weights.read(name));
    }
}
