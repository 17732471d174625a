package igpt.prepare;

import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.schema.dataset.SkippedImage;
import java.util.List;

/** Tells the user of skipped images: the first few by name, since there may be thousands. */
public final class SkippedLines {
    private static final int NAMED = 10;

    private SkippedLines() {}

    public static void tell(List<SkippedImage> skipped, RunContext run, ProgressReporter progress) {
        skipped.stream()
                .limit(NAMED)
                .forEach(image -> progress.say("skipped %s: %s".formatted(image.source(), image.reason())));
        if (skipped.size() > NAMED) {
            progress.say("and %,d more: ./igpt query \"select source, reason from skipped_images where run = %d\""
                    .formatted(skipped.size() - NAMED, run.number()));
        }
    }
}
