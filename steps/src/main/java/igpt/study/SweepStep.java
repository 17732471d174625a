package igpt.study;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.study.SweepRecipe.SWEEP;

import igpt.optim.RateSearch;
import igpt.recipe.ChildFailedException;
import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.InputException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.study.SweepTrial;
import igpt.schema.artifact.study.SweepTrials;
import igpt.schema.dataset.Datasets;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tries the learning rates, a child run each, from the largest down until the final validation loss starts to rise
 * (section 3.2 of the paper). One rate a call; the trials' rows are all the state there is.
 */
@Component
public record SweepStep(
        RunContext run,
        RunArtifacts artifacts,
        ChildRuns children,
        Datasets datasets,
        SweepTrials trials,
        TrialResults results,
        ProgressReporter progress,
        TransactionOperations atOnce)
        implements LaunchingStep {
    public static final StepDescription TRIALS = new StepDescription(
            SweepStep.class,
            "trials",
            "a run a learning rate, from the largest down until the final validation loss rises");

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        SweepParameters parameters = run.parameters(SweepParameters.class);
        Optional<Artifact> begun = artifacts.find(SWEEP);
        if (begun.isEmpty()) {
            datasets.validated(artifacts.get(DATASET), "compare the rates by");
            artifacts.begin(SWEEP, parameters.of().job());
            return RepeatStatus.CONTINUABLE; // its row before the first child run, which may take days
        }
        Artifact sweep = begun.get();
        List<SweepTrial> tried = trials.of(sweep.id());
        if (!isOver(tried, parameters.learningRates().size())) {
            SweepTrial trial = next(parameters, sweep, tried.size());
            atOnce.executeWithoutResult(now -> trials.add(trial));
            contribution.incrementWriteCount(1);
            return RepeatStatus.CONTINUABLE;
        }
        int winner = choose(tried);
        if (winner < 0) {
            throw new InputException(
                    "the loss diverged at every learning rate of %s, or ended above the %.4f nats a pixel of guessing; give other rates, or more iterations"
                            .formatted(parameters.rates(), guessing()));
        }
        atOnce.executeWithoutResult(now -> {
            trials.crown(sweep.id(), tried.get(winner).place());
            artifacts.complete(sweep);
        });
        tell(tried, winner);
        return RepeatStatus.FINISHED;
    }

    /** All rates are tried, or the loss has risen. */
    private static boolean isOver(List<SweepTrial> tried, int rates) {
        int chosen = choose(tried);
        return tried.size() == rates || (chosen >= 0 && chosen < tried.size() - 1);
    }

    private static int choose(List<SweepTrial> tried) {
        return RateSearch.choose(tried.stream().mapToDouble(SweepTrial::badness).toArray());
    }

    private SweepTrial next(SweepParameters parameters, Artifact sweep, int before) throws JobInterruptedException {
        double rate = parameters.learningRates().get(before);
        int place = before + 1;
        String purpose = "learning_rate " + plain(rate);
        progress.say("rate %d of at most %d: %s"
                .formatted(place, parameters.learningRates().size(), purpose));
        try {
            Map<String, String> child = parameters.of().parameters(run.parameters(), rate);
            SweepTrial trial = results.of(
                    parameters.of(),
                    sweep,
                    place,
                    rate,
                    children.run(parameters.of().job(), child, run.inputs(), purpose));
            Double nats = trial.validationNats();
            double guessing = guessing();
            if (nats != null && nats > guessing) {
                progress.say(
                        "learning_rate %s ends at %.4f nats a pixel, above the %.4f of guessing: no better than diverged"
                                .formatted(plain(rate), nats, guessing));
                return TrialResults.diverged(sweep, place, rate, trial.run());
            }
            return trial;
        } catch (ChildFailedException e) {
            if (!e.diverged()) {
                throw e;
            }
            progress.say("learning_rate %s diverged: trying a smaller one".formatted(plain(rate)));
            return TrialResults.diverged(sweep, place, rate, e.run());
        }
    }

    /** The loss of who takes all colours for equally likely. */
    private double guessing() {
        return Math.log(datasets.get(artifacts.get(DATASET).id()).colours());
    }

    private void tell(List<SweepTrial> tried, int winner) {
        progress.say("%-14s %6s  %s".formatted("learning_rate", "run", "on validation images"));
        for (SweepTrial trial : tried) {
            progress.say("%-14s %6d  %s%s"
                    .formatted(
                            plain(trial.learningRate()),
                            trial.run(),
                            result(trial),
                            trial == tried.get(winner) ? "  the best" : ""));
        }
    }

    private static String result(SweepTrial trial) {
        if (trial.validationNats() != null) {
            return "%.4f nats a pixel".formatted(trial.validationNats());
        }
        return trial.validationAccuracy() != null ? "%.2f %%".formatted(100 * trial.validationAccuracy()) : "diverged";
    }

    /** 0.0001, not 1.0E-4. */
    private static String plain(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }
}
