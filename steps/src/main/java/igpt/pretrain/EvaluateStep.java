package igpt.pretrain;

import igpt.graph.Network;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.DatasetRows;
import igpt.recipe.Networks;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Metrics;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
public class EvaluateStep {
    public static final StepDescription EVALUATE =
            new StepDescription("evaluate", "validation and test loss of the last checkpoint, in nats a pixel");

    @Bean
    Step evaluate(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunArtifacts artifacts,
            DatasetRows rows,
            Checkpoints checkpoints,
            Metrics metrics,
            CheckpointFiles files,
            Networks networks,
            ProgressReporter progress) {
        StepResource<Network> network = new StepResource<>(Network::close);
        return new StepBuilder(EVALUATE.name(), repository)
                .listener(network)
                .tasklet(
                        new EvaluateTasklet(
                                run, artifacts, rows, checkpoints, metrics, files, networks, progress, network),
                        transactions)
                .build();
    }
}
