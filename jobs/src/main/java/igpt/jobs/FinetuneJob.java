package igpt.jobs;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FinetuneJob {
    /** The whole model learns to classify (section 2.3). */
    @Bean
    Job finetune(JobRepository repository, Step tune, Step refit, Step classify) {
        return new JobBuilder("finetune", repository)
                .start(tune) // until the validation accuracy no longer rises
                .next(refit) // if asked for: again, on train and validation, for as long
                .next(classify) // tested, once
                .build();
    }
}
