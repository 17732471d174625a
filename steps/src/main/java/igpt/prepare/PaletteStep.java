package igpt.prepare;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class PaletteStep {
    public static final StepDescription PALETTE =
            new StepDescription("palette", "fit the colours to all training pixels, or take the given palette");

    @Bean
    Step palette(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            RunArtifacts artifacts,
            ProgressReporter progress) {
        return new StepBuilder(PALETTE.name(), repository)
                .tasklet(new PaletteTasklet(run, images, artifacts, progress), transactions)
                .build();
    }
}
