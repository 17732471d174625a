package igpt.prepare;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.recipe.Tokenizers;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class QuantizeStep {
    public static final StepDescription QUANTIZE =
            new StepDescription("quantize", "each pixel becomes the number of its nearest colour; Parquet parts");

    @Bean
    Step quantize(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            RunArtifacts artifacts,
            Datasets datasets,
            Tokenizers tokenizers,
            ProgressReporter progress) {
        StepResource<QuantizeTasklet.Todo> todo = new StepResource<>();
        return new StepBuilder(QUANTIZE.name(), repository)
                .listener(todo)
                .tasklet(
                        new QuantizeTasklet(run, images, artifacts, datasets, tokenizers, progress, todo), transactions)
                .build();
    }
}
