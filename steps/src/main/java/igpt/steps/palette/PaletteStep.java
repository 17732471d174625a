package igpt.steps.palette;

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
