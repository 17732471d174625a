package igpt.probe;

import igpt.optim.SoftmaxRegression;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.optim.StrengthSearch;
import igpt.probe.FeatureRows.Rows;
import igpt.recipe.RunContext;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;

/** To the minimum; the strength of the L2 penalty is chosen. */
record LbfgsSolver(RunContext run, int classes) implements Solver {
    @Override
    public String name() {
        return "lbfgs";
    }

    @Override
    public String chosen() {
        return "l2";
    }

    /** Each strength's fit starts where the one before it ended. */
    @Override
    public Choice choose(ProbedLayers layers, Rows train, MaskedRows validation) throws JobInterruptedException {
        var search = new StrengthSearch<Fit>();
        try (var regression = regression(train)) {
            while (search.goesOn()) {
                var fit = fit(regression, search.strength() * train.count(), search.last());
                search.add(fit, validation.accuracy(fit));
            }
        }
        return new Choice(search.best(), search.bestStrength(), null, search.bestAccuracy());
    }

    @Override
    public Fit refit(Choice choice, Rows rows) throws JobInterruptedException {
        try (var regression = regression(rows)) {
            return fit(regression, choice.l2() * rows.count(), choice.fit());
        }
    }

    private Fit fit(SoftmaxRegression regression, double penalty, @Nullable Fit start) throws JobInterruptedException {
        var fit = regression.fit(1 / penalty, start, run::stopRequested);
        run.checkStop();
        return fit;
    }

    private SoftmaxRegression regression(Rows rows) {
        return new SoftmaxRegression(rows.values(), rows.count(), rows.width(), rows.labels(), classes, run.threads());
    }
}
