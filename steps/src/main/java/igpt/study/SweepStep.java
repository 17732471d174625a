package igpt.study;

import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
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
class SweepStep {
    @Bean
    Step trials(
            JobRepository repository,
            RunContext run,
            Work work,
            ChildRuns children,
            Artifacts artifacts,
            Datasets datasets,
            SweepTrials trials,
            Metrics metrics,
            Classifiers classifiers,
            ProgressReporter progress,
            TransactionOperations atOnce) {
        var sweep = new SweepTasklet(
                run, work, children, artifacts, datasets, trials, new Verdict(metrics, classifiers), progress, atOnce);
        return new LaunchingStep("trials", repository, run, sweep);
    }
}
