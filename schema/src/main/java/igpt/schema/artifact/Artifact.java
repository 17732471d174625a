package igpt.schema.artifact;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves behind.
 *
 * @param fingerprint of all it depends on, so that finished work is found again; unique
 * @param run the job instance whose attempt worked on it last
 * @param path relative to the runs folder
 * @param completedAt null while it is being made
 */
public record Artifact(
        long id,
        Kind kind,
        String name,
        String fingerprint,
        long run,
        String path,
        Instant createdAt,
        @Nullable Instant completedAt,
        Provenance provenance) {

    /**
     * What sort of thing it is: each has one recipe, which names it.
     *
     * @param name as the database has it: {@code DATASET}
     */
    public record Kind(String name) {
        /** As in messages: {@code dataset}. */
        public String word() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    public boolean complete() {
        return completedAt != null;
    }
}
