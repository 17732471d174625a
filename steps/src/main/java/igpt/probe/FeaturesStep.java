package igpt.probe;

import igpt.recipe.DatasetRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
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
public class FeaturesStep {
    public static final StepDescription FEATURES =
            new StepDescription("features", "the mean activation at every layer, of every image");

    @Bean
    Step features(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunArtifacts artifacts,
            DatasetRows rows,
            Datasets datasets,
            FeatureParts featureParts,
            FeatureExtractor extractor,
            ProgressReporter progress,
            TransactionOperations atOnce) {
        StepResource<FeaturesTasklet.Blocks> blocks = new StepResource<>();
        return new StepBuilder(FEATURES.name(), repository)
                .listener(blocks)
                .listener(extractor.network())
                .tasklet(
                        new FeaturesTasklet(
                                run, artifacts, rows, datasets, featureParts, extractor, progress, atOnce, blocks),
                        transactions)
                .allowStartIfComplete(true) // a damaged file is made again
                .build();
    }
}
