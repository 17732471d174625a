package igpt.steps.inventory;

import igpt.config.PrepareParameters;
import igpt.image.SplitPlan;
import igpt.schema.Artifact;
import igpt.steps.run.Images;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Finds the images and begins the dataset, or finds that it is there already. */
record InventoryTasklet(RunContext run, Images images, Work work, ProgressReporter progress) implements Tasklet {
    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        PrepareParameters parameters = run.parameters(PrepareParameters.class);
        String name = parameters.name().isEmpty() ? images.source().name() : parameters.name();
        Artifact dataset = work.beginDataset(name);
        if (work.isDone(dataset)) {
            return RepeatStatus.FINISHED;
        }
        SplitPlan plan = images.plan();
        progress.say("dataset %s: %,d images to train on, %,d to validate, %,d to test, in %d classes%s"
                .formatted(
                        name,
                        plan.count("train"),
                        plan.count("validation"),
                        plan.count("test"),
                        images.source().classes().size(),
                        parameters.variants() == 0
                                ? ""
                                : "; to train on: %d crops of each image".formatted(parameters.variants())));
        return RepeatStatus.FINISHED;
    }
}
