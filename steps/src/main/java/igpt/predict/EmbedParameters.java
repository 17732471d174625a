package igpt.predict;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.image.shapes.Shapes;
import igpt.model.Precision;
import igpt.prepare.NewImages;
import igpt.probe.ProbeParameters;
import igpt.recipe.LayerChoice;
import igpt.training.Updates;

/** Parameters of {@code embed}: the features of new images. */
public record EmbedParameters(
        @Parameter(
                        help = "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        input = true)
                String checkpoint,
        @Parameter(help = ShownImages.DATA, path = true, words = Shapes.NAME) String data,
        @Parameter(help = ShownImages.DATASET, input = true) String dataset,
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
    public EmbedParameters {
        DeviceName.parse(device);
        LayerChoice.check(layer);
    }
}
