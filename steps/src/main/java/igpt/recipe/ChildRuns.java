package igpt.recipe;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import java.util.Map;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Lets a run launch others as parts of itself, one after the other, in its own process. Each is a run like any other: it
 * has a number and a folder, is found by its parameters, resumes where it stopped, and can be resumed alone.
 */
public interface ChildRuns {
    /**
     * Runs a job to its end, or finds at once that it is complete. It commits its own transactions, so call it before the
     * caller's first row.
     *
     * @param parameters by name; the rest have their defaults
     * @param purpose in a few words, shown to the user: {@code learning_rate 0.003}
     * @throws ChildFailedException if it failed
     * @throws JobInterruptedException if the user stopped it, and with it the run that launched it
     */
    Child run(String job, Map<String, String> parameters, String purpose) throws JobInterruptedException;

    /** The same, with inputs that are already settled. */
    Child run(String job, Map<String, String> parameters, RunInputs inputs, String purpose)
            throws JobInterruptedException;

    /**
     * A complete run.
     *
     * @param artifacts that it made, or found already made
     */
    record Child(long run, Map<Kind, Artifact> artifacts) {
        public Child {
            artifacts = Map.copyOf(artifacts);
        }

        /** @throws IllegalStateException if it made none of this kind */
        public Artifact made(Recipe recipe) {
            var artifact = artifacts.get(recipe.kind());
            if (artifact == null)
                throw new IllegalStateException(
                        "run " + run + " made no " + recipe.kind().word());
            return artifact;
        }
    }
}
