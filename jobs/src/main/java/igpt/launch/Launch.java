package igpt.launch;

import igpt.batch.StoredParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInstance;

/**
 * A run that is to be worked on, by a user's wish or another run's.
 *
 * @param parent the run that launches it; null where a user does
 * @param purpose in that one's words; empty where a user launches it
 * @param top the run that a user launched, with which it is stopped
 */
record Launch(
        JobDefinition job,
        StoredParameters wanted,
        JobInstance run,
        RuntimeSettler runtime,
        @Nullable Long parent,
        String purpose,
        LaunchedRun top) {
    long number() {
        return run.getInstanceId();
    }

    /** {@code run 4 pretrain (learning_rate 0.003)}. */
    String name() {
        return "run %d %s".formatted(number(), job.name()) + (parent == null ? "" : " (" + purpose + ")");
    }

    AttemptBegan began(long attempt) {
        return new AttemptBegan(number(), job.name(), attempt, parent, purpose);
    }
}
