package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SweepJob {
    /** The search for a learning rate (section 3.2). */
    @Bean
    Job sweep(JobRepository repository, Step trials) {
        return new JobBuilder("sweep", repository)
                .start(trials) // a run a rate, until the loss rises
                .build();
    }
}
