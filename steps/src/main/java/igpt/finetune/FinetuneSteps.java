package igpt.finetune;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Kept;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifiers;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public record FinetuneSteps(
        JobRepository repository,
        PlatformTransactionManager transactions,
        RunContext run,
        RunArtifacts artifacts,
        CheckpointFiles files,
        TuningOpener opener) {
    public static final StepDescription TUNE = new StepDescription(
            "tune", "model and classifier learn together, until the validation accuracy no longer rises");
    public static final StepDescription REFIT = new StepDescription(
            "refit", "with fold_back: again on train and validation, for as many iterations as were best");
    public static final StepDescription CLASSIFY =
            new StepDescription("classify", "the best weights, tested once; a BERT's masks vote");

    @Bean
    Step tune(TuningRecords records) {
        return training(TUNE, Plan.TUNE, records);
    }

    @Bean
    Step refit(TuningRecords records) {
        return training(REFIT, Plan.REFIT, records);
    }

    private Step training(StepDescription step, Plan plan, TuningRecords records) {
        Kept<Tuning> tuning = new Kept<>(Tuning::close);
        return new StepBuilder(step.name(), repository)
                .listener(tuning)
                .tasklet(new TuneTasklet(plan, run, artifacts, files, opener, records, tuning), transactions)
                .build();
    }

    @Bean
    Step classify(DatasetRows rows, Checkpoints checkpoints, Classifiers classifiers, ProgressReporter progress) {
        Kept<Network> network = new Kept<>(Network::close);
        return new StepBuilder(CLASSIFY.name(), repository)
                .listener(network)
                .tasklet(
                        new ClassifyTasklet(
                                run, artifacts, rows, opener, checkpoints, classifiers, files, progress, network),
                        transactions)
                .build();
    }
}
