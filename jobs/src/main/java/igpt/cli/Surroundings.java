package igpt.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher script knows of where the program runs: Java's properties of these names, read here and nowhere else.
 *
 * @param columns of the terminal, {@code igpt.columns}; 0 where there is none
 * @param compilations where what XLA compiles is kept, {@code igpt.compilations}; null: nowhere
 * @param cuda the folder of CUDA's libraries, {@code igpt.cuda}; null: there is no GPU
 * @param patience with a run that was told to stop, {@code igpt.stop.patience} in ms: with what is stored afterwards, the
 *     user waits less than ten seconds
 */
public record Surroundings(int columns, @Nullable Path compilations, @Nullable Path cuda, Duration patience) {
    private static final long PATIENCE_MILLIS = 7000;

    public static Surroundings ofThisProcess() {
        return new Surroundings(
                Integer.getInteger("igpt.columns", 0),
                path("igpt.compilations"),
                path("igpt.cuda"),
                Duration.ofMillis(Long.getLong("igpt.stop.patience", PATIENCE_MILLIS)));
    }

    private static @Nullable Path path(String property) {
        var set = System.getProperty(property);
        return set == null ? null : Path.of(set);
    }
}
