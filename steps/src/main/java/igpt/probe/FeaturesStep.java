package igpt.probe;

import igpt.recipe.DatasetRows;
import igpt.recipe.Kept;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.FeatureParts;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class FeaturesStep {
    @Bean
    Step features(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            DatasetRows rows,
            Artifacts artifacts,
            Datasets datasets,
            FeatureParts featureParts,
            Views views,
            ProgressReporter progress,
            TransactionOperations atOnce) {
        Kept<FeaturesTasklet.Blocks> blocks = new Kept<>();
        return new StepBuilder("features", repository)
                .listener(blocks)
                .listener(views.network())
                .tasklet(
                        new FeaturesTasklet(
                                run, work, rows, artifacts, datasets, featureParts, views, progress, atOnce, blocks),
                        transactions)
                .allowStartIfComplete(true) // a damaged file is made again
                .build();
    }
}
