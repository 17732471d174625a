package igpt.config;

/** Parameters of {@code probe}: a linear classifier on every layer of a model. */
public record ProbeParameters(
        @Parameter(
                        help = "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        identifying = false)
                String checkpoint,
        @Parameter(
                        help = "a prepared dataset to classify: its name or its run's number; empty: the model's own",
                        identifying = false)
                String dataset,
        @Parameter(
                        help =
                                "where a layer's features are taken: norm: after its first norm, as the paper; residual: before it",
                        defaultValue = "norm")
                Tap tap,
        @Parameter(help = "fit on so many training images; 0: all", defaultValue = "0", min = 0) int fitImages,
        @Parameter(help = "also probe the same network untrained", defaultValue = "true") boolean untrained,
        @Parameter(help = "also classify raw pixels", defaultValue = "true") boolean pixels,
        @Parameter(help = "images a forward pass", defaultValue = "32", min = 1, max = 65536, identifying = false)
                int featureBatch) {

    /** Section 3.2 of the paper uses the norm. */
    public enum Tap {
        NORM,
        RESIDUAL
    }
}
