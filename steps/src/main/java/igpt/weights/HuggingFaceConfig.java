package igpt.weights;

import com.fasterxml.jackson.databind.JsonNode;
import igpt.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Hugging Face's {@code config.json}: the size of an Image GPT, and the choices that make it compute what ours does. */
final class HuggingFaceConfig {
    /** Nothing else is computed here. What a file leaves out has this value there, too. */
    private static final Map<String, Object> FIXED = new LinkedHashMap<>();

    static {
        FIXED.put("activation_function", "quick_gelu"); // x · sigmoid(1.702 x)
        FIXED.put("layer_norm_epsilon", 1e-5);
        FIXED.put("scale_attn_weights", true);
        FIXED.put("scale_attn_by_inverse_layer_idx", false);
        FIXED.put("tie_word_embeddings", false);
        FIXED.put("add_cross_attention", false);
    }

    private HuggingFaceConfig() {}

    /** @throws igpt.schema.UserException if it is another kind of model, or computes otherwise, naming the key */
    static ModelConfig read(Path file) throws IOException {
        var json = Json.read(file);
        var type = json.path("model_type").asText();
        if (!type.equals("imagegpt")) {
            throw Refusal.of(file, "model_type is '%s', not imagegpt".formatted(Refusal.line(type)));
        }
        for (var choice : FIXED.entrySet()) {
            var said = json.get(choice.getKey());
            if (said != null && !same(said, choice.getValue())) {
                throw Refusal.of(
                        file,
                        "%s is %s; only what is computed with %s can be taken"
                                .formatted(choice.getKey(), Refusal.line(said.toString()), choice.getValue()));
            }
        }
        int width = number(json, "n_embd", file);
        var inner = json.get("n_inner");
        if (inner != null && !inner.isNull() && inner.asLong() != 4L * width) {
            throw Refusal.of(file, "n_inner is %s, not 4 n_embd".formatted(Refusal.line(inner.toString())));
        }
        try {
            return new ModelConfig(
                    number(json, "n_layer", file),
                    width,
                    number(json, "n_head", file),
                    number(json, "n_positions", file),
                    number(json, "vocab_size", file) - 1); // the last is sos
        } catch (IllegalArgumentException e) {
            throw Refusal.of(file, "no Image GPT has this size: " + e.getMessage());
        }
    }

    /** The names of so many classes; numbers where it does not name just these. */
    static List<String> classes(Path file, int count) throws IOException {
        var names = Json.read(file).path("id2label");
        var classes = new LinkedHashSet<String>();
        for (int label = 0; label < count; label++) {
            var name = Refusal.line(names.path(String.valueOf(label)).asText());
            if (!name.isEmpty()) {
                classes.add(name);
            }
        }
        return classes.size() == count ? List.copyOf(classes) : OpenAi.numbers(count);
    }

    private static boolean isSquare(int number) {
        long root = Math.round(Math.sqrt(number));
        return root * root == number;
    }

    private static boolean same(JsonNode said, Object value) {
        return value instanceof Double number
                ? said.isNumber() && said.asDouble() == number
                : said.asText().equals(value.toString());
    }

    private static int number(JsonNode json, String key, Path file) {
        var value = json.path(key);
        if (!value.canConvertToInt() || value.asInt() < 1) {
            throw Refusal.of(
                    file,
                    "%s is %s: it must be a whole number of at least 1"
                            .formatted(key, value.isMissingNode() ? "missing" : Refusal.line(value.toString())));
        }
        return value.asInt();
    }

    /** What {@link #read} reads. Dropouts are none: what is written is to be used, and ours was trained without. */
    static Map<String, Object> of(ModelConfig config, List<String> classes) {
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "architectures",
                List.of(classes.isEmpty() ? "ImageGPTForCausalImageModeling" : "ImageGPTForImageClassification"));
        json.put("model_type", "imagegpt");
        json.put("vocab_size", config.colours() + 1);
        json.put("n_positions", config.positions());
        json.put("n_embd", config.width());
        json.put("n_layer", config.layers());
        json.put("n_head", config.heads());
        json.put("n_inner", null);
        json.putAll(FIXED);
        // The library otherwise divides attention by the whole part of the root (4.57.6, 5.18.0).
        json.put("reorder_and_upcast_attn", !isSquare(config.headWidth()));
        for (var dropout : List.of("attn_pdrop", "embd_pdrop", "resid_pdrop")) {
            json.put(dropout, 0.0);
        }
        json.put("initializer_range", 0.02);
        json.put("use_cache", true);
        json.put("torch_dtype", "float32");
        if (!classes.isEmpty()) {
            var names = new LinkedHashMap<String, String>(); // as many as the classifier has outputs
            for (int label = 0; label < classes.size(); label++) {
                names.put(String.valueOf(label), classes.get(label));
            }
            json.put("id2label", names);
        }
        return json;
    }
}
