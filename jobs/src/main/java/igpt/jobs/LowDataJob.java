package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LowDataJob {
    /** What a model's features are worth where labels are few (section 4.7, Table 4). */
    @Bean
    Job lowdata(JobRepository repository, Step features, Step fit, Step test, Step subsets, Step summary) {
        return new JobBuilder("lowdata", repository)
                .start(features) // the mean activation at every layer
                .next(fit) // a linear classifier on each,
                .next(test) // which says what layer is best
                .next(subsets) // another one for each random subset of the labels
                .next(summary) // mean and standard deviation
                .build();
    }
}
