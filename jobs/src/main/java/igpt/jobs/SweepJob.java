package igpt.jobs;

import static igpt.study.SweepRecipe.SWEEP;
import static igpt.study.SweepStep.TRIALS;

import igpt.config.ParameterSet;
import igpt.forecast.TrainingShape;
import igpt.launch.JobDefinition;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.study.SweepTrials;
import igpt.study.SweepParameters;
import igpt.study.SweepResolver;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search for a learning rate (section 3.2). */
@Order(4)
final class SweepJob extends JobDefinition {
    SweepJob() {
        super(
                "sweep",
                "a job at several learning rates, each a run of its own; the best is marked",
                SweepParameters.schema());
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(TRIALS); // a run a rate, until the loss rises
    }

    @Override
    public List<Recipe> makes() {
        return List.of(SWEEP);
    }

    @Override
    public RunInputs inputs(ParameterSet parameters, Lookup lookup) {
        return SweepResolver.find(parameters, lookup);
    }

    @Override
    public List<Long> parts(long run, JdbcClient jdbc) {
        return new SweepTrials(jdbc).winningRun(run);
    }

    @Override
    public Optional<TrainingShape> training(RunContext run, JdbcClient jdbc) {
        var sweep = run.parameters(SweepParameters.class);
        int times = sweep.learningRates().size();
        return Optional.of(
                switch (sweep.of()) {
                    case PRETRAIN -> TrainingShape.ofPretrain(run, jdbc, times);
                    case FINETUNE -> TrainingShape.ofFinetune(run, jdbc, times);
                });
    }
}
