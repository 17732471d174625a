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
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
public class InventoryStep {
    public static final StepDescription INVENTORY =
            new StepDescription("inventory", "list the images, split off validation, settle a random order");

    @Bean
    Step inventory(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Images images,
            RunArtifacts artifacts,
            Datasets datasets,
            ProgressReporter progress,
            TransactionOperations atOnce) {
        return new StepBuilder(INVENTORY.name(), repository)
                .tasklet(new InventoryTasklet(run, images, artifacts, datasets, progress, atOnce), transactions)
                .build();
    }
}
