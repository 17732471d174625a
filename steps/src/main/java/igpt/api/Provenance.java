package igpt.api;

import org.jspecify.annotations.Nullable;

/**
 * Where a model came from.
 *
 * @param model its name
 * @param run whose weights it has
 * @param iteration of the checkpoint
 * @param validationNats the checkpoint's validation loss in nats a pixel; null where it was not taken
 * @param gitCommit of the program that trained it
 * @param dataset the name of what it was trained on; null where that was elsewhere
 * @param classifierRun that fine-tuned or probed it; null where there is no classifier
 */
public record Provenance(
        String model,
        long run,
        long iteration,
        @Nullable Double validationNats,
        String gitCommit,
        @Nullable String dataset,
        @Nullable Long classifierRun) {}
