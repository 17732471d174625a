package igpt.predict;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.image.shapes.Shapes;
import igpt.model.Precision;
import igpt.prepare.NewImages;
import igpt.probe.ProbeParameters;
import igpt.training.Updates;
import java.util.Arrays;
import java.util.List;

/** Parameters of {@code embed}: the features of new images. */
public record EmbedParameters(
        @Parameter(
                        help = "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        identifying = false)
                String checkpoint,
        @Parameter(help = ShownImages.DATA, path = true, words = Shapes.NAME) String data,
        @Parameter(help = ShownImages.DATASET, identifying = false) String dataset,
        @Parameter(help = ShownImages.SPLIT, defaultValue = "auto") NewImages.Which split,
        @Parameter(
                        help = "whose features: best, of the newest probe of that checkpoint; 5; 3,4,5; or all",
                        defaultValue = "best",
                        max = 500)
                String layer,
        @Parameter(
                        help =
                                "where a layer's features are taken: norm: after its first norm, as in the paper; residual: before it",
                        defaultValue = "norm")
                ProbeParameters.Tap tap,
        @Parameter(help = Updates.PRECISION, defaultValue = "float32") Precision precision,
        @Parameter(help = "of a bert model's masks", defaultValue = "0") long seed,
        @Parameter(help = ShownImages.PART_ROWS, defaultValue = "1024", min = 1, max = 65536) int partRows,
        @Parameter(help = "images per forward pass", defaultValue = "32", min = 1, max = 65536, identifying = false)
                int featureBatch,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {
    static final String BEST = "best";
    static final String ALL = "all";

    public EmbedParameters {
        DeviceName.parse(device);
        if (!layer.equals(BEST) && !layer.equals(ALL)) {
            numbers(layer);
        }
    }

    /** As given: neither the best nor all. */
    static List<Integer> numbers(String layer) {
        try {
            var numbers = Arrays.stream(layer.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .distinct()
                    .sorted()
                    .toList();
            if (numbers.get(0) < 0) {
                throw new NumberFormatException();
            }
            return numbers;
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "parameter 'layer' cannot be '%s': it must be best, all, or numbers such as 3,4,5".formatted(layer),
                    e);
        }
    }
}
