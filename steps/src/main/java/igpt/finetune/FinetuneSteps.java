package igpt.finetune;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Kept;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.Work;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifiers;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
record FinetuneSteps(
        JobRepository repository,
        PlatformTransactionManager transactions,
        RunContext run,
        Work work,
        CheckpointFiles files,
        TuningOpener opener) {
    @Bean
    Step tune(TuningRecords records) {
        return training("tune", Plan.TUNE, records);
    }

    @Bean
    Step refit(TuningRecords records) {
        return training("refit", Plan.REFIT, records);
    }

    private Step training(String name, Plan plan, TuningRecords records) {
        Kept<Tuning> tuning = new Kept<>(Tuning::close);
        return new StepBuilder(name, repository)
                .listener(tuning)
                .tasklet(new TuneTasklet(plan, run, work, files, opener, records, tuning), transactions)
                .build();
    }

    @Bean
    Step classify(
            DatasetRows rows,
            Artifacts artifacts,
            Checkpoints checkpoints,
            Classifiers classifiers,
            ProgressReporter progress) {
        Kept<Network> network = new Kept<>(Network::close);
        return new StepBuilder("classify", repository)
                .listener(network)
                .tasklet(
                        new ClassifyTasklet(
                                run, work, rows, opener, artifacts, checkpoints, classifiers, files, progress, network),
                        transactions)
                .build();
    }
}
