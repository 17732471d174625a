package igpt.steps.finetune;

import igpt.schema.Artifacts;
import igpt.schema.Checkpoints;
import igpt.schema.Classifiers;
import igpt.steps.run.CheckpointFiles;
import igpt.steps.run.DatasetRows;
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
class FinetuneSteps {
    @Bean
    Step tune(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            CheckpointFiles files,
            TuningOpener opener,
            TuningRecords records) {
        return new StepBuilder("tune", repository)
                .tasklet(new TuneTasklet(Plan.TUNE, run, work, files, opener, records), transactions)
                .build();
    }

    @Bean
    Step refit(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            CheckpointFiles files,
            TuningOpener opener,
            TuningRecords records) {
        return new StepBuilder("refit", repository)
                .tasklet(new TuneTasklet(Plan.REFIT, run, work, files, opener, records), transactions)
                .build();
    }

    @Bean
    Step classify(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            DatasetRows rows,
            TuningOpener opener,
            Artifacts artifacts,
            Checkpoints checkpoints,
            Classifiers classifiers,
            CheckpointFiles files,
            ProgressReporter progress) {
        return new StepBuilder("classify", repository)
                .tasklet(
                        new ClassifyTasklet(
                                run, work, rows, opener, artifacts, checkpoints, classifiers, files, progress),
                        transactions)
                .build();
    }
}
