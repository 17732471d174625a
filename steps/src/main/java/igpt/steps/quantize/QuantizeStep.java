package igpt.steps.quantize;

import igpt.schema.Datasets;
import igpt.steps.run.Images;
import igpt.steps.run.Kept;
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
