package igpt.recipe;

import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import igpt.schema.file.FolderGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;

/**
 * A model's files: {@code model.properties} with its size, and for each checkpoint a folder, {@code checkpoint-000300},
 * of TensorFlow's own files.
 */
@Component
public final class CheckpointFiles {
    /** The prefix of a checkpoint's files in its folder. */
    public static final String WEIGHTS = "weights";

    private static final String CONFIG = "model.properties";

    private final RunArtifacts artifacts;
    private final Checkpoints checkpoints;
    private final TransactionOperations atOnce;

    public CheckpointFiles(RunArtifacts artifacts, Checkpoints checkpoints, TransactionOperations atOnce) {
        this.artifacts = artifacts;
        this.checkpoints = checkpoints;
        this.atOnce = atOnce;
    }

    /** A checkpoint on the disk: complete, but not yet named by a row. */
    public record Saved(String path, String sha256) {}

    public Saved save(Network network, Artifact model, long iteration) throws IOException {
        return save(model, iteration, network::save);
    }

    /** @param writer is given the prefix of the files */
    public Saved save(Artifact model, long iteration, AtomicFiles.IoConsumer<Path> writer) throws IOException {
        Path folder = artifacts.folder(model).resolve("checkpoint-%06d".formatted(iteration));
        FolderGuard.confirm(folder);
        FileSystemUtils.deleteRecursively(folder); // left by a killed attempt
        AtomicFiles.writeFolder(folder, temporary -> writer.accept(temporary.resolve(WEIGHTS)));
        return new Saved(artifacts.relative(folder), Checksums.sha256OfFolder(folder));
    }

    /** Whether its files hold the bytes that were written. */
    public boolean isIntact(Checkpoint checkpoint) throws IOException {
        Path folder = artifacts.resolve(checkpoint.path());
        return Files.isDirectory(folder) && Checksums.sha256OfFolder(folder).equals(checkpoint.sha256());
    }

    /** The newest checkpoint that is not damaged; the rows of damaged ones after it are deleted. */
    public Optional<Checkpoint> newestIntact(Artifact model, Consumer<String> say) throws IOException {
        List<Checkpoint> newestFirst = new ArrayList<>(checkpoints.all(model.id()));
        newestFirst.sort(Comparator.comparingLong(Checkpoint::iteration).reversed());
        for (Checkpoint checkpoint : newestFirst) {
            if (isIntact(checkpoint)) {
                say.accept("resumes from the checkpoint of iteration " + checkpoint.iteration());
                return Optional.of(checkpoint);
            }
            say.accept("checkpoint %s is damaged: back to the one before it".formatted(checkpoint.path()));
            atOnce.executeWithoutResult(now -> checkpoints.delete(model.id(), checkpoint.iteration()));
        }
        return Optional.empty();
    }

    /** The path that TensorFlow takes for a checkpoint: the prefix of its files. */
    public Path prefix(Checkpoint checkpoint) {
        return artifacts.resolve(checkpoint.path()).resolve(WEIGHTS);
    }

    /** Deletes what no row names. Only after the transaction that deleted the rows. */
    public void sweep(Artifact model) throws IOException {
        // Otherwise another attempt's newest checkpoint could be deleted before its row is there.
        FolderGuard.confirm(artifacts.folder(model));
        Set<Path> named = checkpoints.all(model.id()).stream()
                .map(checkpoint -> artifacts.resolve(checkpoint.path()))
                .collect(Collectors.toSet());
        if (Files.isDirectory(artifacts.folder(model))) {
            try (Stream<Path> folders = Files.list(artifacts.folder(model))) {
                for (Path folder : folders.filter(Files::isDirectory).toList()) {
                    if (!named.contains(folder)) {
                        FileSystemUtils.deleteRecursively(folder);
                    }
                }
            }
        }
    }

    /**
     * Gives the network the checkpoint's weights.
     *
     * @throws CorruptFileException if they are not those that were written
     */
    public void restoreWeights(Network network, Checkpoint checkpoint) throws IOException {
        checkIntact(checkpoint);
        network.restoreWeights(prefix(checkpoint));
    }

    /**
     * Gives the network a model's weights of some iteration, and leaves the head as it is.
     *
     * @throws UserException if that checkpoint is no longer there
     * @throws CorruptFileException if its bytes are not those that were written
     */
    public void restoreModel(Network network, Artifact model, long iteration) throws IOException {
        Checkpoint checkpoint = at(model, iteration);
        checkIntact(checkpoint);
        network.restoreModel(prefix(checkpoint));
    }

    /** @throws UserException if the model no longer has it */
    public Checkpoint at(Artifact model, long iteration) {
        return checkpoints
                .at(model.id(), iteration)
                .orElseThrow(
                        () -> new UserException("model %s no longer has its checkpoint of iteration %d; give another"
                                .formatted(model.name(), iteration)));
    }

    private void checkIntact(Checkpoint checkpoint) throws IOException {
        if (!isIntact(checkpoint)) {
            throw new CorruptFileException(
                    artifacts.resolve(checkpoint.path()), "its bytes are not those that were written");
        }
    }

    /** Writes {@code model.properties}. */
    public void writeConfig(Artifact model, ModelConfig config) throws IOException {
        String text =
                """
                objective=%s
                layers=%d
                width=%d
                heads=%d
                positions=%d
                colours=%d
                """
                        .formatted(
                                config.objective().name().toLowerCase(Locale.ROOT),
                                config.layers(),
                                config.width(),
                                config.heads(),
                                config.positions(),
                                config.colours());
        AtomicFiles.write(artifacts.folder(model).resolve(CONFIG), file -> Files.writeString(file, text));
    }

    public ModelConfig config(Artifact model) throws IOException {
        return config(artifacts.folder(model));
    }

    /** What {@code model.properties} in that folder says. */
    public static ModelConfig config(Path folder) throws IOException {
        Properties properties = read(folder.resolve(CONFIG));
        return new ModelConfig(
                number(properties, "layers"),
                number(properties, "width"),
                number(properties, "heads"),
                number(properties, "positions"),
                number(properties, "colours"),
                Objective.valueOf(properties.getProperty("objective", "ar").toUpperCase(Locale.ROOT)));
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(properties.getProperty(key));
    }
}
