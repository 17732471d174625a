package igpt.predict;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.image.shapes.Shapes;
import igpt.prepare.NewImages;

/** Parameters of {@code classify}: the classes of new images. */
public record ClassifyParameters(
        @Parameter(
                        help =
                                "a fine-tuned classifier or a probe: newest, RUN of finetune or probe, or its model's name",
                        defaultValue = "newest",
                        input = true)
                String classifier,
        @Parameter(help = ShownImages.DATA, path = true, words = Shapes.NAME) String data,
        @Parameter(help = ShownImages.DATASET, input = true) String dataset,
        @Parameter(help = ShownImages.SPLIT, defaultValue = "auto") NewImages.Which split,
        @Parameter(
                        help = "of a probe: the layer whose classifier it is; -1: the best on validation images",
                        defaultValue = "-1",
                        min = -1)
                int layer,
        @Parameter(help = ShownImages.PART_ROWS, defaultValue = "1024", min = 1, max = 65536) int partRows,
        @Parameter(help = "images per forward pass", defaultValue = "32", min = 1, max = 65536, identifying = false)
                int featureBatch,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {
    public ClassifyParameters {
        DeviceName.parse(device);
    }
}
