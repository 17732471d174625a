package igpt.pretrain;

import igpt.recipe.CheckpointFiles;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Metrics;
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
public class TrainStep {
    public static final StepDescription TRAIN =
            new StepDescription("train", "predict the next pixel; a checkpoint at each commit point");

    @Bean
    Step train(
            JobRepository repository,
            PlatformTransactionManager transactions,
            PretrainingTask pretraining,
            RunContext run,
            TrainingOpener opener,
            Checkpoints checkpoints,
            Metrics metrics,
            CheckpointFiles files) {
        StepResource<Training> training = new StepResource<>(Training::close);
        return new StepBuilder(TRAIN.name(), repository)
                .listener(training)
                .tasklet(
                        new TrainingLoop(pretraining, run, opener, checkpoints, metrics, files, training), transactions)
                .build();
    }
}
