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
     * Runs a job to its end; finds at once what is complete. It commits for itself, so call it before the call's first
     * row.
     *
     * @param parameters by name; the others have their defaults
     * @param purpose in a few words, for those who ask: {@code learning_rate 0.003}
     * @throws ChildFailedException if it failed
     * @throws JobInterruptedException if the user stopped it, and with it the run that launched it
     */
    Child run(String job, Map<String, String> parameters, String purpose) throws JobInterruptedException;

    /** The same on inputs that are settled already. */
    Child run(String job, Map<String, String> parameters, RunInputs inputs, String purpose)
            throws JobInterruptedException;

    /**
     * A complete run.
     *
     * @param artifacts what it made, or found made already
     */
    record Child(long run, Map<Kind, Artifact> artifacts) {
        public Child {
            artifacts = Map.copyOf(artifacts);
        }

        /** @throws IllegalStateException if such a job makes none */
        public Artifact made(Recipe recipe) {
            var artifact = artifacts.get(recipe.kind());
            if (artifact == null)
                throw new IllegalStateException(
                        "run " + run + " made no " + recipe.kind().word());
            return artifact;
        }
    }
}
