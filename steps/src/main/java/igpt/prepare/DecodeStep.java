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
public class DecodeStep {
    public static final StepDescription DECODE =
            new StepDescription("decode", "each image becomes a small square; broken ones are skipped and named");

    @Bean
    Step decode(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            RunArtifacts artifacts,
            Datasets datasets,
            ProgressReporter progress) {
        return new StepBuilder(DECODE.name(), repository)
                .tasklet(new DecodeTasklet(run, images, artifacts, datasets, progress), transactions)
                .build();
    }
}
