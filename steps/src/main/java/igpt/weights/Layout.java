package igpt.weights;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.schema.UserException;
import org.jspecify.annotations.Nullable;

/** Whose names and shapes the tensors of a published model have. */
public enum Layout {
    IGPT("our own"),
    OPENAI("OpenAI's"),
    HUGGINGFACE("Hugging Face's"),
    /** Is written only. */
    ONNX("ONNX's");

    private final String words;

    Layout(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @throws UserException if the model, or the classifier on it, cannot be kept so */
    public void check(ModelConfig config, @Nullable Head head) {
        if (this == HUGGINGFACE && !config.causal()) {
            throw new UserException(
                    "Hugging Face's Image GPT sees no pixels that come later, as a BERT does: give format=openai or igpt");
        }
        if (this != IGPT && head != null && head.layer() != config.layers()) {
            throw new UserException(
                    "%s layout has a classifier on the last layer, %d, and this one is on layer %d: give format=igpt, or classifier=none"
                            .formatted(words, config.layers(), head.layer()));
        }
    }
}
