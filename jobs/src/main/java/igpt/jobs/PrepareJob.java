package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PrepareJob {
    /** Images become a dataset of tokens (section 3.1 of the paper). */
    @Bean
    Job prepare(JobRepository repository, Step inventory, Step decode, Step palette, Step quantize, Step publish) {
        return new JobBuilder("prepare", repository)
                .start(inventory) // which images there are, and which split each is in
                .next(decode) // shrunk to the resolution of the model
                .next(palette) // the colours of the training images, by k-means
                .next(quantize) // pixels become a sequence of colours
                .next(publish) // checked, counted, and known by name
                .build();
    }
}
