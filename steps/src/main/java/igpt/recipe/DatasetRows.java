package igpt.recipe;

import igpt.schema.Counts;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.DatasetPart;
import igpt.schema.dataset.Datasets;
import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import igpt.schema.parquet.TokenTable;
import igpt.train.Tokens;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Random access to the rows of a dataset. A process decodes the Parquet files once into a flat, memory-mapped file, so
 * memory does not grow with the dataset, and checks every part's bytes as it reads them.
 */
@Component
public final class DatasetRows {
    private final RunContext run;
    private final RunArtifacts artifacts;
    private final Datasets datasets;
    private final Map<String, Rows> open = new HashMap<>();

    /** Tokens, and the label and id of each row. */
    public record Rows(Tokens tokens, int[] labels, long[] ids) {
        public int count() {
            return labels.length;
        }

        /** The number of rows, at most {@code limit}; a limit of 0 means no limit. */
        public int count(int limit) {
            return limit == 0 ? count() : Math.min(limit, count());
        }
    }

    public DatasetRows(RunContext run, RunArtifacts artifacts, Datasets datasets) {
        this.run = run;
        this.artifacts = artifacts;
        this.datasets = datasets;
    }

    /**
     * The rows of some splits, one after the other.
     *
     * @throws CorruptFileException if a part is not what was written
     */
    public Rows of(Artifact dataset, String... splits) throws IOException {
        var name = dataset.id() + "-" + String.join("-", splits);
        var rows = open.get(name);
        if (rows == null) {
            rows = decode(datasets.get(dataset.id()), splits);
            open.put(name, rows);
        }
        return rows;
    }

    /**
     * The rows that a network is trained on.
     *
     * @throws UserException if there are fewer than a batch
     */
    public Rows toTrainOn(Artifact dataset, int batch, String... splits) throws IOException {
        var rows = of(dataset, splits);
        if (batch > rows.count()) {
            throw new UserException("batch %d is larger than the %s of %s; give a smaller batch"
                    .formatted(batch, Counts.of(rows.count(), "training image"), dataset.name()));
        }
        return rows;
    }

    private Rows decode(Dataset dataset, String... splits) throws IOException {
        var parts = Arrays.stream(splits)
                .flatMap(split -> datasets.parts(dataset.id(), split).stream())
                .toList();
        int count = Math.toIntExact(parts.stream().mapToLong(DatasetPart::rows).sum());
        var grid = Tokenizers.grid(dataset);
        int[] labels = new int[count];
        long[] ids = new long[count];
        var file = Files.createDirectories(run.folder()).resolve("tokens.u16");
        try {
            var row = ByteBuffer.allocate(2 * grid.positions()).order(ByteOrder.LITTLE_ENDIAN);
            int at = 0;
            try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
                for (var part : parts) {
                    at = append(part, row, out, labels, ids, at);
                }
            }
            return new Rows(Tokens.map(file, grid), labels, ids);
        } finally {
            Files.deleteIfExists(file); // the mapping outlives the name, and ends with the process however that ends
        }
    }

    private int append(DatasetPart part, ByteBuffer row, OutputStream out, int[] labels, long[] ids, int from)
            throws IOException {
        var file = artifacts.resolve(part.path());
        Checksums.verify(file, part.sha256());
        int[] at = {from};
        try (var table = TokenTable.open(file)) {
            table.forEach((id, label, source, tokens) -> {
                row.asShortBuffer().put(tokens);
                write(out, row.array());
                labels[at[0]] = label;
                ids[at[0]++] = id;
            });
        }
        return at[0];
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
