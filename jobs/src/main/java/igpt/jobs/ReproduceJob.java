package igpt.jobs;

import igpt.config.ExperimentParameters;
import igpt.config.ExperimentParameters.Experiment;
import igpt.recipe.RunContext;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ReproduceJob {
    /** Figure 1 of the paper, left to right; then its experiments. */
    @Bean
    Job reproduce(
            JobRepository repository,
            Step inventory,
            Step decode,
            Step palette,
            Step quantize,
            Step publish,
            Step train,
            Step evaluate,
            Step features,
            Step fit,
            Step test,
            Step milestones,
            Step bert,
            Step finetuning,
            Step fewLabels,
            RunContext run) {
        var job = new JobBuilder("reproduce", repository)
                .start(inventory) // which images there are, and which split each is in
                .next(decode) // shrunk to the resolution of the model
                .next(palette) // the colours of the training images, by k-means
                .next(quantize) // pixels become a sequence of colours
                .next(publish) // checked, counted, and known by name
                .next(train) // predict the next colour
                .next(evaluate) // how well, on images it has not seen
                .next(features) // the mean activation at every layer
                .next(fit) // a linear classifier on each
                .next(test); // each of them tested, once
        var asked = run.parameters(ExperimentParameters.class);
        if (asked.wants(Experiment.MILESTONES)) {
            job.next(milestones); // the features of every milestone of the training (Figure 3)
        }
        if (asked.wants(Experiment.BERT)) {
            job.next(bert); // the other objective: hidden pixels from all others (Figure 4)
        }
        if (asked.wants(Experiment.FINETUNE)) {
            job.next(finetuning); // the whole network on labels, from each pre-training and from none (Table 3)
        }
        if (asked.wants(Experiment.LOWDATA)) {
            job.next(fewLabels); // a linear classifier on 4, 25, 400 labels a class (Table 4)
        }
        return job.build();
    }
}
