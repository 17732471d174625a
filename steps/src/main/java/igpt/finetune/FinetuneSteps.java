package igpt.finetune;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifiers;
import igpt.schema.artifact.Metrics;
import igpt.schema.dataset.Datasets;
import igpt.training.Training;
import igpt.training.TrainingLoop;
import igpt.training.TrainingOpener;
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
        DatasetRows rows,
        Checkpoints checkpoints,
        CheckpointFiles files,
        ClassifierNetworks networks) {
    public static final StepDescription TUNE = new StepDescription(
            "tune", "model and classifier learn together, until the validation accuracy no longer rises");
    public static final StepDescription REFIT = new StepDescription(
            "refit", "with fold_back: again on train and validation, for as many iterations as were best");
    public static final StepDescription CLASSIFY =
            new StepDescription("classify", "the best weights, tested once; a BERT's masks vote");

    @Bean
    Step tune(Datasets datasets, ClassifierRecords records, TrainingOpener opener, Metrics metrics) {
        return training(FinetuningPhase.TUNE, datasets, records, opener, metrics);
    }

    @Bean
    Step refit(Datasets datasets, ClassifierRecords records, TrainingOpener opener, Metrics metrics) {
        return training(FinetuningPhase.REFIT, datasets, records, opener, metrics);
    }

    private Step training(
            FinetuningPhase phase,
            Datasets datasets,
            ClassifierRecords records,
            TrainingOpener opener,
            Metrics metrics) {
        var task = new FinetuningTask(phase, run, artifacts, rows, datasets, files, networks, records);
        StepResource<Training> training = new StepResource<>(Training::close);
        return new StepBuilder(phase.step(), repository)
                .listener(training)
                .tasklet(new TrainingLoop(task, run, opener, checkpoints, metrics, files, training), transactions)
                .build();
    }

    @Bean
    Step classify(Classifiers classifiers, ProgressReporter progress) {
        StepResource<Network> network = new StepResource<>(Network::close);
        return new StepBuilder(CLASSIFY.name(), repository)
                .listener(network)
                .tasklet(
                        new ClassifyTasklet(
                                run, artifacts, rows, networks, checkpoints, classifiers, files, progress, network),
                        transactions)
                .build();
    }
}
