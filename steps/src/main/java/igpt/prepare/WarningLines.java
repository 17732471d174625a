package igpt.prepare;

import igpt.recipe.ProgressReporter;
import igpt.schema.Counts;
import java.util.List;

/** Tells the user what decoders minded in images that were read all the same: the first few, since there may be thousands. */
final class WarningLines {
    private static final int NAMED = 10; // at a time

    private WarningLines() {}

    static void tell(List<String> warnings, ProgressReporter progress) {
        warnings.stream().limit(NAMED).forEach(progress::say);
        int more = warnings.size() - NAMED;
        if (more > 0) {
            progress.say("and %s that %s read, though the decoder complained"
                    .formatted(Counts.of(more, "more image"), more == 1 ? "was" : "were"));
        }
    }
}
