package igpt.jobs;

import igpt.schema.Artifacts;
import igpt.schema.Checkpoints;
import igpt.schema.Classifiers;
import igpt.schema.Datasets;
import igpt.schema.FeatureParts;
import igpt.schema.LowDataResults;
import igpt.schema.Metrics;
import igpt.schema.Models;
import igpt.schema.Probes;
import igpt.schema.RunRuntimes;
import igpt.schema.SweepTrials;
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
