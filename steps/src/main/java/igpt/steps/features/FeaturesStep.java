package igpt.steps.features;

import igpt.schema.Artifacts;
import igpt.schema.Datasets;
import igpt.schema.FeatureParts;
import igpt.steps.run.DatasetRows;
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
