package igpt.study;

import igpt.probe.FeatureRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.artifact.LowDataResults;
import igpt.schema.artifact.Probes;
import igpt.schema.dataset.Datasets;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class SubsetsStep {
    public static final StepDescription SUBSETS =
            new StepDescription("subsets", "a linear classifier on each random subset of the labels, tested");

    @Bean
    Step subsets(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunArtifacts artifacts,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            LowDataResults results,
            ProgressReporter progress) {
        StepResource<SubsetsTasklet.Features> features = new StepResource<>();
        return new StepBuilder(SUBSETS.name(), repository)
                .listener(features)
                .tasklet(
                        new SubsetsTasklet(run, artifacts, datasets, rows, probes, results, progress, features),
                        transactions)
                .build();
    }
}
