package igpt.launch;

import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Checkpoints;
import igpt.schema.artifact.Classifiers;
import igpt.schema.artifact.FeatureParts;
import igpt.schema.artifact.LowDataResults;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Models;
import igpt.schema.artifact.Probes;
import igpt.schema.artifact.SweepTrials;
import igpt.schema.dataset.Datasets;
import igpt.schema.run.RunRuntimes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables, for steps to be given. */
@Configuration(proxyBeanMethods = false)
class SchemaBeans {
    @Bean
    Artifacts artifacts(JdbcClient jdbc) {
        return new Artifacts(jdbc);
    }

    @Bean
    Datasets datasets(JdbcClient jdbc) {
        return new Datasets(jdbc);
    }

    @Bean
    Checkpoints checkpoints(JdbcClient jdbc) {
        return new Checkpoints(jdbc);
    }

    @Bean
    RunRuntimes runRuntimes(JdbcClient jdbc) {
        return new RunRuntimes(jdbc);
    }

    @Bean
    Models models(JdbcClient jdbc) {
        return new Models(jdbc);
    }

    @Bean
    Classifiers classifiers(JdbcClient jdbc) {
        return new Classifiers(jdbc);
    }

    @Bean
    Metrics metrics(JdbcClient jdbc) {
        return new Metrics(jdbc);
    }

    @Bean
    FeatureParts featureParts(JdbcClient jdbc) {
        return new FeatureParts(jdbc);
    }

    @Bean
    SweepTrials sweepTrials(JdbcClient jdbc) {
        return new SweepTrials(jdbc);
    }

    @Bean
    Probes probes(JdbcClient jdbc) {
        return new Probes(jdbc);
    }

    @Bean
    LowDataResults lowDataResults(JdbcClient jdbc) {
        return new LowDataResults(jdbc);
    }
}
