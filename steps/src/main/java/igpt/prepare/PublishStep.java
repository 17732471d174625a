package igpt.prepare;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class PublishStep {
    public static final StepDescription PUBLISH =
            new StepDescription("publish", "check and count the parts; the dataset can be used");

    @Bean
    Step publish(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            RunArtifacts artifacts,
            Datasets datasets,
            ProgressReporter progress) {
        return new StepBuilder(PUBLISH.name(), repository)
                .tasklet(new PublishTasklet(run, images, artifacts, datasets, progress), transactions)
                .build();
    }
}
