package igpt.steps.fit;

import igpt.optim.SoftmaxRegression;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.steps.run.FeatureRows.Rows;
import igpt.steps.run.MaskedRows;
import igpt.steps.run.ProbedLayers;
import igpt.steps.run.RunContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;

/** To the minimum; the strength of the L2 penalty is chosen. */
record LbfgsSolver(RunContext run, int classes) implements Solver {
    /** Strengths tried, strongest first; the objective is the mean −log p + l2 / 2 · |W|² on standardized features. */
    private static final double[] STRENGTHS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};

    @Override
    public String name() {
        return "lbfgs";
    }

    @Override
    public String chosen() {
        return "l2";
    }

    /** The strongest of the penalties that do best on the validation images. */
    @Override
    public Choice choose(ProbedLayers layers, Rows train, MaskedRows validation) throws JobInterruptedException {
        @Nullable Choice best = null;
        @Nullable Fit start = null;
        try (SoftmaxRegression regression = regression(train)) {
            for (double l2 : STRENGTHS) {
                run.checkStop();
                Fit fit = regression.fit(1 / (l2 * train.count()), start);
                start = fit;
                double accuracy = validation.accuracy(fit);
                if (best == null || accuracy > best.accuracy()) {
                    best = new Choice(fit, l2, null, accuracy);
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    @Override
    public Fit refit(Choice choice, Rows rows) {
        try (SoftmaxRegression regression = regression(rows)) {
            return regression.fit(1 / (choice.l2() * rows.count()), choice.fit());
        }
    }

    private SoftmaxRegression regression(Rows rows) {
        return new SoftmaxRegression(rows.values(), rows.count(), rows.width(), rows.labels(), classes, run.threads());
    }
}
