package igpt.config;

/** Parameters of {@code pretrain}: a dataset becomes a model. */
public record PretrainParameters(
        @Parameter(
                        help = "a prepared dataset: its name, its run's number, or newest",
                        defaultValue = "newest",
                        identifying = false)
                String dataset,
        @Parameter(help = "a file of config/models without .yml", defaultValue = "nano") String model,
        @Parameter(help = "ar: predict the next pixel", defaultValue = "ar") Objective objective,
        @Parameter(help = "images an iteration", defaultValue = "32", min = 1, max = 65536) int batch,
        @Parameter(help = "Adam's learning rate at its peak", defaultValue = "0.01", min = 0, max = 10)
                double learningRate,
        @Parameter(help = "updates of the weights", defaultValue = "1200", min = 1) int iterations,
        @Parameter(
                        help = "iterations until the peak; -1: one epoch, at most a tenth of all",
                        defaultValue = "-1",
                        min = -1)
                int warmup,
        @Parameter(help = "of everything drawn at random", defaultValue = "0") long seed,
        @Parameter(help = "images for the validation loss at each commit point; 0: all", defaultValue = "512", min = 0)
                int validationImages,
        @Parameter(help = "validation and as many test images for the final loss; 0: all", defaultValue = "0", min = 0)
                int evaluationImages,
        @Parameter(help = "iterations between commit points", defaultValue = "100", min = 1) int saveEvery,
        @Parameter(help = "checkpoints kept beside the best one", defaultValue = "3", min = 1, identifying = false)
                int keep) {

    /** What the network learns to predict. */
    public enum Objective {
        /** Auto-regressive: each pixel from those before it (section 2.2 of the paper). */
        AR
    }

    public PretrainParameters {
        if (warmup > iterations) {
            throw new UsageException(
                    "parameter 'warmup' cannot be " + warmup + ": it must be at most iterations, " + iterations);
        }
    }
}
