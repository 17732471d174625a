package igpt.study;

import static igpt.study.LowDataRecipe.LOW_DATA;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.study.LowDataResults;
import igpt.schema.artifact.study.LowDataResults.Summary;
import java.util.Locale;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Mean and standard deviation over the subsets of each size (Table 4). */
@Component
public record SummaryStep(RunArtifacts artifacts, LowDataResults results, ProgressReporter progress)
        implements RunStep {
    public static final StepDescription SUMMARY =
            new StepDescription(SummaryStep.class, "summary", "mean and standard deviation by number of labels");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        Artifact artifact = artifacts.get(LOW_DATA);
        if (!artifacts.isDone(artifact)) {
            artifacts.complete(artifact);
        }
        int layer = results.of(artifact.id()).get(0).layer();
        progress.say("");
        progress.say(
                "a linear classifier of few labels on layer %d, %% of all test images (± standard deviation over the subsets)"
                        .formatted(layer));
        progress.say("%-16s %16s %16s %8s".formatted("labels a class", "accuracy", "error", "subsets"));
        for (Summary summary : results.summary(artifact.id())) {
            progress.say("%-16d %16s %16s %8d"
                    .formatted(
                            summary.labels(),
                            share(summary.accuracy(), summary.deviation()),
                            share(1 - summary.accuracy(), summary.deviation()),
                            summary.subsets()));
        }
        return RepeatStatus.FINISHED;
    }

    private static String share(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * deviation);
    }
}
