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
public class TestStep {
    public static final StepDescription TEST =
            new StepDescription("test", "refitted on train and validation, then tested once");

    @Bean
    Step test(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunArtifacts artifacts,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            ProgressReporter progress) {
        return new StepBuilder(TEST.name(), repository)
                .tasklet(new TestTasklet(run, artifacts, datasets, rows, probes, progress), transactions)
                .build();
    }
}
