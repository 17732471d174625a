package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProbeJob {
    /** What a model has learnt, layer by layer (section 2.4). */
    @Bean
    Job probe(JobRepository repository, Step features, Step fit, Step test) {
        return new JobBuilder("probe", repository)
                .start(features) // the mean activation at every layer
                .next(fit) // a linear classifier on each
                .next(test) // each of them tested, once
                .build();
    }
}
