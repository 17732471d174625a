package igpt.steps.evaluate;

import igpt.model.Network;
import igpt.schema.Artifacts;
import igpt.schema.Checkpoints;
import igpt.schema.Metrics;
import igpt.steps.run.CheckpointFiles;
import igpt.steps.run.DatasetRows;
import igpt.steps.run.Kept;
import igpt.steps.run.Networks;
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
class EvaluateStep {
    @Bean
    Step evaluate(
            JobRepository repository,
            PlatformTransactionManager transactions,
            RunContext run,
            Work work,
            DatasetRows rows,
            Artifacts artifacts,
            Checkpoints checkpoints,
            Metrics metrics,
            CheckpointFiles files,
            Networks networks,
            ProgressReporter progress) {
        Kept<Network> network = new Kept<>(Network::close);
        return new StepBuilder("evaluate", repository)
                .listener(network)
                .tasklet(
                        new EvaluateTasklet(
                                run, work, rows, artifacts, checkpoints, metrics, files, networks, progress, network),
                        transactions)
                .build();
    }
}
