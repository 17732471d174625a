package igpt.schema;

/**
 * Where an artifact came from, beside its inputs.
 *
 * @param parametersHash SHA-256 of the parameters that identify it
 * @param gitCommit of the build
 * @param jvm its version
 * @param tensorflow its version
 * @param device {@code cpu} or the accelerator's name
 */
public record Provenance(
        String parametersHash, String gitCommit, long seed, String jvm, String tensorflow, String device) {

    /** The same, of what that device computed. */
    public Provenance on(String device) {
        return new Provenance(parametersHash, gitCommit, seed, jvm, tensorflow, device);
    }
}
