package igpt.probe;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Probes;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class FitStep {
    public static final StepDescription FIT =
            new StepDescription("fit", "a linear classifier on each layer; its L2 strength chosen on validation");

    @Bean
    Step fit(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunArtifacts artifacts,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            ProgressReporter progress) {
        return new StepBuilder(FIT.name(), repository)
                .tasklet(new FitTasklet(run, artifacts, datasets, rows, probes, progress), transactions)
                .allowStartIfComplete(true) // a damaged file is made again
                .build();
    }
}
