package igpt.probe;

import igpt.config.DeviceName;
import igpt.config.Parameter;
import igpt.config.UsageException;

/** Parameters of {@code probe}: a linear classifier on every layer of a model. */
public record ProbeParameters(
        @Parameter(
                        help =
                                "a checkpoint: newest, RUN (of a sweep: its best model), RUN@ITERATION, or a model's name",
                        defaultValue = "newest",
                        input = true)
                String checkpoint,
        @Parameter(
                        help = "a prepared dataset to classify: its name or its run's number; none: the model's own",
                        input = true)
                String dataset,
        @Parameter(
                        help =
                                "where a layer's features are taken: norm: after its first norm, as in the paper; residual: before it",
                        defaultValue = "norm")
                Tap tap,
        @Parameter(help = "fit on this many training images; 0: all", defaultValue = "0", min = 0) int fitImages,
        @Parameter(
                        help =
                                "lbfgs: to the minimum, as in the paper on CIFAR and STL; sgd: as in the paper on ImageNet",
                        defaultValue = "lbfgs")
                Solver solver,
        @Parameter(help = "updates of the weights by sgd; the paper: 1000000", defaultValue = "2000", min = 1)
                int sgdIterations,
        @Parameter(help = "images per iteration of sgd", defaultValue = "128", min = 1, max = 65536) int sgdBatch,
        @Parameter(
                        help =
                                "also probe this many layers side by side, the best in the middle; odd; the paper: 5; 0: none",
                        defaultValue = "0",
                        min = 0,
                        max = 99)
                int concat,
        @Parameter(
                        help =
                                "refit on training and validation images before the test; false: test what was fitted on the training images",
                        defaultValue = "true")
                boolean foldBack,
        @Parameter(help = "also probe the same network untrained", defaultValue = "true") boolean untrained,
        @Parameter(help = "also classify raw pixels", defaultValue = "true") boolean pixels,
        @Parameter(
                        help =
                                "of a bert model: masks of each validation and test image, whose predictions vote; the paper: 5",
                        defaultValue = "5",
                        min = 1,
                        max = 100)
                int masks,
        @Parameter(help = "for everything random", defaultValue = "0") long seed,
        @Parameter(help = "images per forward pass", defaultValue = "32", min = 1, max = 65536, identifying = false)
                int featureBatch,
        @Parameter(help = DeviceName.HELP, defaultValue = "auto", identifying = false) String device) {

    /** Section 3.2 of the paper uses the norm. */
    public enum Tap {
        NORM,
        RESIDUAL
    }

    /** How the classifiers are fitted (section 3.2). */
    public enum Solver {
        LBFGS,
        SGD
    }

    public ProbeParameters {
        DeviceName.parse(device);
        if (concat > 0 && concat % 2 == 0) {
            throw new UsageException("parameter 'concat' cannot be " + concat
                    + ": it must be odd, for the best layer stands in the middle; or 0 for none");
        }
    }
}
