package igpt.steps.subsets;

import igpt.schema.Datasets;
import igpt.schema.LowDataResults;
import igpt.schema.Probes;
import igpt.steps.run.FeatureRows;
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
