package igpt.forecast;

import igpt.model.Weights;
import igpt.recipe.RunContext;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long weights take on their way from one place to another: some bytes are written, and their checksum is taken. */
public final class CopyTrial {
    private static final int MIB = 1 << 20;
    private static final int PIECE = 16 * MIB;
    private static final int CHECKED = 3; // times that a byte is read: where it was, on its way, and where it is

    private CopyTrial() {}

    /** The weights of the run's model, to a folder. */
    public static Trial ofExport(RunContext run, JdbcClient jdbc, Path to) {
        return of(Float.BYTES * Weights.count(TrainingShape.model(run, jdbc)), to);
    }

    /** All that a folder holds, to the runs folder. */
    public static Trial ofImport(RunContext run, Path from) {
        try (Stream<Path> files = Files.walk(from)) {
            long bytes = 0;
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
            return of(bytes, run.runs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trial of(long bytes, Path to) {
        return new Trial((double) bytes / PIECE, PIECE / MIB + " MiB", () -> Pace.of(() -> copy(to)));
    }

    private static void copy(Path to) throws IOException {
        var folder = to.toAbsolutePath();
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        byte[] bytes = new byte[PIECE];
        new Random(0).nextBytes(bytes);
        var file = Files.createTempFile(folder, ".igpt-trial", ".tmp");
        try {
            try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(bytes));
                out.force(true);
            }
            for (int time = 0; time < CHECKED; time++) {
                Checksums.sha256(file);
            }
        } finally {
            Files.delete(file);
        }
    }
}
