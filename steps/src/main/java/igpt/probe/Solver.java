package igpt.probe;

import igpt.optim.SoftmaxRegression.Fit;
import igpt.probe.FeatureRows.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;

/** A way to fit a linear classifier to standardized features. */
interface Solver {
    /**
     * @param l2 strength of the penalty; 0 for none
     * @param learningRate null where there is none
     * @param accuracy on the validation images, of the classifier of the training images alone
     */
    record Choice(Fit fit, double l2, @Nullable Double learningRate, double accuracy) {}

    /** As the database names it. */
    String name();

    /** What is chosen on the validation images, in words. */
    String chosen();

    /** The classifier of the training images that does best on the validation images, as the solver's rule has it. */
    Choice choose(ProbedLayers layers, Rows train, MaskedRows validation) throws JobInterruptedException;

    /** The same choice, fitted to more rows. */
    Fit refit(Choice choice, Rows rows) throws JobInterruptedException;
}
