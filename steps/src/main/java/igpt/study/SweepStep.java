package igpt.study;

import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Classifiers;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.SweepTrials;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
public class SweepStep {
    public static final StepDescription TRIALS = new StepDescription(
            "trials", "a run a learning rate, from the largest down until the final validation loss rises");

    @Bean
    Step trials(
            JobRepository repository,
            RunContext run,
            RunArtifacts artifacts,
            ChildRuns children,
            Datasets datasets,
            SweepTrials trials,
            Metrics metrics,
            Classifiers classifiers,
            ProgressReporter progress,
            TransactionOperations atOnce) {
        var sweep = new SweepTasklet(
                run, artifacts, children, datasets, trials, new TrialResults(metrics, classifiers), progress, atOnce);
        return new LaunchingStep(TRIALS.name(), repository, run, sweep);
    }
}
