package igpt.prepare;

import igpt.recipe.Images;
import igpt.recipe.Kept;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class QuantizeStep {
    @Bean
    Step quantize(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            Work work,
            Datasets datasets,
            ProgressReporter progress) {
        Kept<QuantizeTasklet.Todo> todo = new Kept<>();
        return new StepBuilder("quantize", repository)
                .listener(todo)
                .tasklet(new QuantizeTasklet(run, images, work, datasets, progress, todo), transactions)
                .build();
    }
}
