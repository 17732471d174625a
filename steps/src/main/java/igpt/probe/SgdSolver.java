package igpt.probe;

import igpt.optim.RateSearch;
import igpt.optim.Sgd;
import igpt.optim.SoftmaxRegression.Fit;
import igpt.probe.FeatureRows.Rows;
import igpt.random.Permutation;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.job.JobInterruptedException;

/** By stochastic gradient descent; the learning rate is chosen, by the paper's search. */
record SgdSolver(RunContext run, int classes, ProgressReporter progress) implements Solver {
    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String chosen() {
        return "learning rate";
    }

    @Override
    public Choice choose(ProbedLayers layers, Rows train, MaskedRows validation) throws JobInterruptedException {
        double[] rates = RateSearch.rates();
        var fits = train(rates, train);
        double[] losses = new double[rates.length];
        var diverged = new ArrayList<Double>();
        for (int i = 0; i < rates.length; i++) {
            losses[i] = validation.loss(fits.get(i));
            if (!fits.get(i).converged()) {
                diverged.add(rates[i]);
            }
        }
        if (!diverged.isEmpty()) {
            progress.say("%s: SGD diverged at learning rates %s".formatted(layers.words(), diverged));
        }
        int chosen = RateSearch.choose(losses);
        if (chosen < 0) {
            throw new UserException("%s: SGD diverged at every learning rate; give solver=lbfgs or a larger sgd_batch"
                    .formatted(layers.words()));
        }
        if (chosen == rates.length - 1) {
            progress.say("%s: the validation loss never rose; the smallest learning rate %s is taken"
                    .formatted(layers.words(), rates[chosen]));
        }
        var fit = fits.get(chosen);
        double accuracy = validation.accuracy(fit);
        return new Choice(with(fit, losses[chosen]), 0, rates[chosen], accuracy);
    }

    @Override
    public Fit refit(Choice choice, Rows rows) throws JobInterruptedException {
        var fit = train(new double[] {rate(choice)}, rows).get(0);
        if (!fit.converged()) {
            throw new UserException("SGD %s in the refit on training and validation images; give fold_back=false"
                    .formatted(fit.reason()));
        }
        return with(fit, fit.loss(rows.values(), rows.count(), rows.labels()));
    }

    private static double rate(Choice choice) {
        return Objects.requireNonNull(choice.learningRate());
    }

    /** The objective kept with the probe: SGD itself never sees it whole. */
    private static Fit with(Fit fit, double objective) {
        return new Fit(
                fit.weights(), fit.intercept(), objective, fit.iterations(), fit.converged(), fit.gap(), fit.reason());
    }

    private List<Fit> train(double[] rates, Rows rows) throws JobInterruptedException {
        var p = run.parameters(ProbeParameters.class);
        int count = rows.count();
        Sgd.Order order = at -> (int) new Permutation(count, p.seed(), at / count).at(at % count);
        var options = new Sgd.Options(rates, p.sgdIterations(), p.sgdBatch());
        var sgd = new Sgd(rows.values(), rows.width(), rows.labels(), classes, order, options, run.threads());
        do {
            run.checkStop();
        } while (sgd.advance());
        return sgd.fits();
    }
}
