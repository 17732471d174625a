package igpt.prepare;

import igpt.image.LeftOut;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Finding;
import igpt.schema.dataset.SkippedImage;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What is stored and said of new images that a model is not shown, and of those that their decoder complained of. */
@Component
public record NewImagesReport(
        RunContext run, Datasets datasets, ProgressReporter progress, TransactionOperations atOnce) {

    /** Stores and says what there is besides images, before the first is shown. */
    public void begin(Artifact artifact, LeftOut leftOut) {
        atOnce.executeWithoutResult(now -> {
            datasets.addSkipped(skipped(artifact, leftOut.skipped()));
            datasets.putFindings(artifact.id(), Finding.Kind.LEFT_OUT, leftOut.counts());
        });
        if (!leftOut.counts().isEmpty()) {
            progress.say("left out: " + LeftOut.words(leftOut.counts()));
        }
    }

    /** Stores which images could not be read; in the call's transaction. */
    public void skip(Artifact artifact, List<LeftOut.Skipped> broken) {
        datasets.addSkipped(skipped(artifact, broken));
    }

    /** The same at once, where the call's work is still to come. */
    public void skipAtOnce(Artifact artifact, List<LeftOut.Skipped> broken) {
        atOnce.executeWithoutResult(now -> skip(artifact, broken));
    }

    private static List<SkippedImage> skipped(Artifact artifact, List<LeftOut.Skipped> images) {
        return images.stream()
                .map(image -> new SkippedImage(artifact.id(), image.source(), image.reason()))
                .toList();
    }

    /** Names all that could not be read. */
    public List<SkippedImage> tell(Artifact artifact) {
        var skipped = datasets.skipped(artifact.id());
        SkippedLines.tell(skipped, run, progress);
        return skipped;
    }

    /** What decoders minded in images that were shown all the same. */
    public void sayWarnings(List<String> warnings) {
        WarningLines.tell(warnings, progress);
    }
}
