package igpt.exchange;

import igpt.config.Parameter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parameters of {@code import}: weights that others have published become a model. */
public record ImportParameters(
        @Parameter(
                        help =
                                "a folder: OpenAI's (model.ckpt-N.index and its data), or Hugging Face's (config.json, model.safetensors)",
                        path = true,
                        required = true,
                        input = true)
                String from,
        @Parameter(
                        help =
                                "the palette, float32 [colours, 3] in [-1, 1] as .npy; none: the folder's kmeans_centers.npy or preprocessor_config.json",
                        path = true,
                        input = true)
                String palette,
        @Parameter(help = "the model's name; none: the folder's", max = ImportParameters.LONGEST_NAME) String name,
        @Parameter(
                        help = "of a bert model, which is one without sos: the share of pixels that it was not shown",
                        defaultValue = "0.15",
                        min = 0.01,
                        max = 0.99)
                double maskRate) {
    static final int LONGEST_NAME = 200;

    Path source() {
        return Path.of(from);
    }

    @Nullable
    Path paletteFile() {
        return palette.isEmpty() ? null : Path.of(palette);
    }

    /** What the model is called. */
    String modelName() {
        var folder = from.endsWith(".index") ? Objects.requireNonNull(source().getParent()) : source();
        return name.isEmpty() ? String.valueOf(folder.getFileName()) : name;
    }
}
