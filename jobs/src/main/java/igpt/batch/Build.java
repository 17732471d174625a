package igpt.batch;

import igpt.schema.artifact.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param version of the project
 * @param gitCommit {@code unknown} where the build was not told
 * @param tensorflow version of TensorFlow Java
 */
public record Build(String version, String gitCommit, String tensorflow) {

    public static Build ofThisProgram() {
        var properties = new Properties();
        try (var in = Build.class.getResourceAsStream("/igpt/build.properties")) {
            if (in == null) {
                throw new IllegalStateException("build.properties is missing");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(
                properties.getProperty("version", "unknown"),
                properties.getProperty("commit", "unknown"),
                properties.getProperty("tensorflow", "unknown"));
    }

    /** Of what this process makes from those parameters. */
    public Provenance provenance(String parametersHash, long seed) {
        var jvm = System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
        return new Provenance(parametersHash, gitCommit, seed, jvm, tensorflow, "cpu", "");
    }
}
