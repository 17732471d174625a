package igpt.probe;

import igpt.recipe.FeatureRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Probes;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class TestStep {
    @Bean
    Step test(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            Artifacts artifacts,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            ProgressReporter progress) {
        return new StepBuilder("test", repository)
                .tasklet(new TestTasklet(run, work, artifacts, datasets, rows, probes, progress), transactions)
                .build();
    }
}
