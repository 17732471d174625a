package igpt.study;

import igpt.recipe.FeatureRows;
import igpt.recipe.Kept;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
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
class SubsetsStep {
    @Bean
    Step subsets(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            Datasets datasets,
            FeatureRows rows,
            Probes probes,
            LowDataResults results,
            ProgressReporter progress) {
        Kept<SubsetsTasklet.Features> features = new Kept<>();
        return new StepBuilder("subsets", repository)
                .listener(features)
                .tasklet(
                        new SubsetsTasklet(run, work, datasets, rows, probes, results, progress, features),
                        transactions)
                .build();
    }
}
