package igpt.finetune;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.model.Precision;
import igpt.train.Augmentation;
import igpt.training.Updates;

/** Parameters of {@code finetune}: a model becomes a classifier (section 2.3 of the paper). */
public record FinetuneParameters(
        @Parameter(
                        help = "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        input = true)
                String checkpoint,
        @Parameter(
                        help = "a prepared dataset to classify: its name or its run's number; none: the model's own",
                        input = true)
                String dataset,
        @Parameter(
                        help = "pretrained: the checkpoint's weights; random: the baseline, the same network untrained",
                        defaultValue = "pretrained")
                Start start,
        @Parameter(
                        help =
                                "joint: the model's own loss and the classifier's, as in the paper; classification: the classifier's alone (the model's alone: pretrain checkpoint=…)",
                        defaultValue = "joint")
                Loss loss,
        @Parameter(help = "the layer that the classifier reads; -1: the last", defaultValue = "-1", min = -1) int head,
        @Parameter(help = "crop: pad by reflection, crop at random, mirror; none", defaultValue = "crop")
                Augmentation augmentation,
        @Parameter(help = Updates.BATCH, defaultValue = "32", min = 1, max = 65536) int batch,
        @Parameter(help = Updates.MICRO_BATCH, defaultValue = "0", min = 0) int microBatch,
        @Parameter(help = Updates.RECOMPUTE, defaultValue = "false") boolean recompute,
        @Parameter(help = Updates.PRECISION, defaultValue = "float32") Precision precision,
        @Parameter(
                        help = "Adam's learning rate, without a schedule; often a tenth of pretrain's",
                        defaultValue = "0.001",
                        min = 0,
                        max = 10)
                double learningRate,
        @Parameter(help = "updates of the weights, at most", defaultValue = "2000", min = 1) int iterations,
        @Parameter(
                        help = "iterations between commit points; the accuracy is taken at each",
                        defaultValue = "100",
                        min = 1)
                int saveEvery,
        @Parameter(
                        help = "stop after this many commit points without a better validation accuracy",
                        defaultValue = "5",
                        min = 1)
                int patience,
        @Parameter(
                        help = "validation images for the accuracy at each commit point; 0: all",
                        defaultValue = "0",
                        min = 0)
                int validationImages,
        @Parameter(help = Updates.MASK_RATE, defaultValue = "0.15", min = 0.01, max = 0.99) double maskRate,
        @Parameter(help = "of bert: masks per image, which vote in the test", defaultValue = "5", min = 1, max = 99)
                int masks,
        @Parameter(
                        help =
                                "train again on training and validation images before the test, for as many iterations as were best; false: test the best weights",
                        defaultValue = "false")
                boolean foldBack,
        @Parameter(help = "for everything random", defaultValue = "0") long seed,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {

    /** What the weights are at the beginning. */
    public enum Start {
        PRETRAINED,
        RANDOM
    }

    /** What is minimised. */
    public enum Loss {
        JOINT,
        CLASSIFICATION
    }

    public FinetuneParameters {
        DeviceName.parse(device);
        Updates.check(batch, microBatch);
        if (learningRate == 0) {
            throw new UsageException("parameter 'learning_rate' cannot be 0: nothing would be learnt");
        }
    }
}
