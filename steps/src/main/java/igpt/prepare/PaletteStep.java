package igpt.prepare;

import igpt.recipe.Images;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class PaletteStep {
    @Bean
    Step palette(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            Work work,
            ProgressReporter progress) {
        return new StepBuilder("palette", repository)
                .tasklet(new PaletteTasklet(run, images, work, progress), transactions)
                .build();
    }
}
