package igpt.steps.publish;

import igpt.schema.Artifacts;
import igpt.schema.Datasets;
import igpt.steps.run.Images;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class PublishStep {
    @Bean
    Step publish(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            Work work,
            Artifacts artifacts,
            Datasets datasets,
            ProgressReporter progress) {
        return new StepBuilder("publish", repository)
                .tasklet(new PublishTasklet(run, images, work, artifacts, datasets, progress), transactions)
                .build();
    }
}
