package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PretrainJob {
    /** A dataset becomes a model (section 2.1). */
    @Bean
    Job pretrain(JobRepository repository, Step train, Step evaluate) {
        return new JobBuilder("pretrain", repository)
                .start(train) // predict the next colour
                .next(evaluate) // how well, on images it has not seen
                .build();
    }
}
