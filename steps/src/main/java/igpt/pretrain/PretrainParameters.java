package igpt.pretrain;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.training.Milestones;
import igpt.training.Updates;
import java.util.List;

/** Parameters of {@code pretrain}: a dataset becomes a model. */
public record PretrainParameters(
        @Parameter(
                        help = "a prepared dataset: its name, its run's number, or newest",
                        defaultValue = "newest",
                        input = true)
                String dataset,
        @Parameter(help = "a file of config/models without .yml", defaultValue = "nano") String model,
        @Parameter(help = "ar: predict the next pixel; bert: the hidden ones", defaultValue = "ar") Objective objective,
        @Parameter(help = Updates.MASK_RATE, defaultValue = "0.15", min = 0.01, max = 0.99) double maskRate,
        @Parameter(help = Updates.BATCH, defaultValue = "32", min = 1, max = 65536) int batch,
        @Parameter(help = Updates.MICRO_BATCH, defaultValue = "0", min = 0) int microBatch,
        @Parameter(help = Updates.RECOMPUTE, defaultValue = "false") boolean recompute,
        @Parameter(help = Updates.PRECISION, defaultValue = "float32") Precision precision,
        @Parameter(help = "Adam's learning rate at its peak", defaultValue = "0.01", min = 0, max = 10)
                double learningRate,
        @Parameter(help = "updates of the weights", defaultValue = "1200", min = 1) int iterations,
        @Parameter(
                        help = "iterations until the peak; -1: one epoch, at most a tenth of the training",
                        defaultValue = "-1",
                        min = -1)
                int warmup,
        @Parameter(help = "for everything random", defaultValue = "0") long seed,
        @Parameter(
                        help =
                                "train: validate on the validation images; all: learn from them too, once everything is chosen",
                        defaultValue = "train")
                TrainOn trainOn,
        @Parameter(
                        help =
                                "start from the weights of a checkpoint: newest, RUN, RUN@ITERATION or a model's name; none: random weights",
                        input = true)
                String checkpoint,
        @Parameter(help = "images for the validation loss at each commit point; 0: all", defaultValue = "512", min = 0)
                int validationImages,
        @Parameter(help = "validation and as many test images for the final loss; 0: all", defaultValue = "0", min = 0)
                int evaluationImages,
        @Parameter(help = "iterations between commit points", defaultValue = "100", min = 1) int saveEvery,
        @Parameter(
                        help =
                                "iterations whose checkpoints are kept for good, or fractions: the paper's are 0.065,0.131,0.262,0.524")
                String milestones,
        @Parameter(
                        help = "checkpoints kept in addition to the best one",
                        defaultValue = "3",
                        min = 1,
                        identifying = false)
                int keep,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {

    /** The images that are learnt from (section 3.2: the validation split is folded back at the end). */
    public enum TrainOn {
        TRAIN("train"),
        ALL("train", "validation");

        private final List<String> splits;

        TrainOn(String... splits) {
            this.splits = List.of(splits);
        }

        public String[] splits() {
            return splits.toArray(String[]::new);
        }

        /** Whether a split's loss tells anything. */
        public boolean leavesOut(String split) {
            return !splits.contains(split);
        }
    }

    public PretrainParameters {
        DeviceName.parse(device);
        if (warmup > iterations) {
            throw new UsageException(
                    "parameter 'warmup' cannot be " + warmup + ": it must be at most iterations, " + iterations);
        }
        Updates.check(batch, microBatch);
        Milestones.parse(milestones, iterations);
    }

    /** Of {@link #milestones}. */
    public Milestones milestoneIterations() {
        return Milestones.parse(milestones, iterations);
    }
}
