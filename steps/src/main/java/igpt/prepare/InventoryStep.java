package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.image.LeftOut;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Finding;
import igpt.schema.dataset.Splits;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Finds the images and begins the dataset, or finds that it is there already. */
@Component
public record InventoryStep(
        RunContext run,
        Images images,
        RunArtifacts artifacts,
        Datasets datasets,
        List<DatasetRequirement> requirements,
        ProgressReporter progress,
        TransactionOperations atOnce)
        implements RunStep {
    public static final StepDescription INVENTORY = new StepDescription(
            InventoryStep.class, "inventory", "list the images, split off validation, settle a random order");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        var parameters = run.parameters(PrepareParameters.class);
        String name = parameters.name().isEmpty() ? images.source().name() : parameters.name();
        var dataset = artifacts.begin(DATASET, name);
        if (artifacts.isDone(dataset)) {
            check(datasets.get(dataset.id()).validationRows());
            return RepeatStatus.FINISHED;
        }
        note(dataset);
        var plan = images.plan();
        check(plan.count(Splits.VALIDATION));
        progress.say("dataset %s: %s to train on, %,d to validate, %,d to test, in %s%s"
                .formatted(
                        name,
                        Counts.of(plan.count(Splits.TRAIN), "image"),
                        plan.count(Splits.VALIDATION),
                        plan.count(Splits.TEST),
                        Counts.of(images.source().classes().size(), "class"),
                        parameters.variants() == 0
                                ? ""
                                : "; to train on: %s of each image"
                                        .formatted(Counts.of(parameters.variants(), "crop"))));
        return RepeatStatus.FINISHED;
    }

    /** What the folder holds besides: stored now, so that it can be looked up whatever becomes of the run. */
    private void note(Artifact dataset) {
        var leftOut = images.source().leftOut();
        var listed = images.listed(dataset);
        atOnce.executeWithoutResult(now -> {
            datasets.clearSkipped(dataset.id());
            datasets.addSkipped(listed);
            datasets.putFindings(dataset.id(), Finding.Kind.LEFT_OUT, leftOut.counts());
            datasets.putFindings(dataset.id(), Finding.Kind.NO_CLASS, leftOut.noClasses());
        });
        if (!leftOut.counts().isEmpty()) {
            progress.say("left out: " + LeftOut.words(leftOut.counts()));
        }
        leftOut.noClasses()
                .forEach((folder, files) -> progress.say("%s holds %s and no image that can be read: it is no class"
                        .formatted(folder, Counts.of(files, "file"))));
    }

    private void check(long validationImages) {
        requirements.forEach(one -> one.checkImages(images.source(), validationImages));
    }
}
