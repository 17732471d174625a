package igpt.config;

/** Parameters of {@code prepare}: images become a dataset of tokens. */
public record PrepareParameters(
        @Parameter(
                        help = "the drawn dataset \"shapes\", or the path of a folder or archive of images",
                        defaultValue = "shapes")
                String data,
        @Parameter(help = "the dataset's name; empty: the source's") String name,
        @Parameter(
                        help = "height and width in pixels; a sequence has resolution x resolution positions",
                        defaultValue = "32",
                        min = 4,
                        max = 64)
                int resolution,
        @Parameter(help = "size of the palette", defaultValue = "512", min = 2, max = 4096) int colours,
        @Parameter(help = "a palette to use instead of fitting one: .npy, float32 [colours, 3] in [-1, 1]")
                String palette,
        @Parameter(
                        help = "share of the training images split off for validation",
                        defaultValue = "0.1",
                        min = 0,
                        max = 0.5)
                double validation,
        @Parameter(
                        help = "use only so many training images and as many test images; 0: all",
                        defaultValue = "0",
                        min = 0)
                int images,
        @Parameter(help = "of everything drawn at random", defaultValue = "0") long seed,
        @Parameter(help = "images in a part file", defaultValue = "8192", min = 1) int partRows) {}
