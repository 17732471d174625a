package igpt.schema.artifact;

/**
 * Where an artifact came from, apart from its inputs.
 *
 * @param parametersHash SHA-256 of the parameters that identify it
 * @param gitCommit of the build
 * @param jvm its version
 * @param tensorflow its version
 * @param device {@code cpu} or the accelerator's name
 * @param runtime what else decides how sums are rounded, in one line; empty where it was not stored
 */
public record Provenance(
        String parametersHash,
        String gitCommit,
        long seed,
        String jvm,
        String tensorflow,
        String device,
        String runtime) {

    /** The same, of what that device computed. */
    public Provenance on(String device) {
        return new Provenance(parametersHash, gitCommit, seed, jvm, tensorflow, device, runtime);
    }

    /** The same, of what those settings computed. */
    public Provenance under(String runtime) {
        return new Provenance(parametersHash, gitCommit, seed, jvm, tensorflow, device, runtime);
    }
}
