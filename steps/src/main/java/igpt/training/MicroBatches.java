package igpt.training;

import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.artifact.Artifact;
import igpt.schema.file.AtomicFiles;
import igpt.schema.run.RunRuntimes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How many sequences go through a network at a time. What the first attempt found, or the run that this one repeats, is kept:
 * another number would add in another order and round differently, and free memory varies. A trained network's number is in
 * its {@code training.properties}.
 */
@Component
public record MicroBatches(RunContext run, RunArtifacts artifacts, RunRuntimes runtimes, TransactionOperations atOnce) {
    private static final String KEY = "micro_batch";

    /** @param given by the user; 0: as many as {@code find} returns */
    public int of(Artifact trained, int given, IntSupplier find) throws IOException {
        if (given > 0) {
            return given;
        }
        var file = artifacts.folder(trained).resolve("training.properties");
        if (!Files.exists(file)) {
            int found = runtimes.microBatch(run.number()).orElseGet(find::getAsInt);
            atOnce.executeWithoutResult(now -> runtimes.setMicroBatch(run.number(), found));
            var text = "%s=%d%n".formatted(KEY, found);
            AtomicFiles.write(file, temporary -> Files.writeString(temporary, text));
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Integer.parseInt(properties.getProperty(KEY));
    }
}
