package igpt.schema.db;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the database knows of a run, in the run's own folder, so that no work is lost with the database: {@code
 * history/run.json} with the run, its attempts and steps, and {@code history/artifact-12.json} with all rows of an
 * artifact whose files are in that folder. {@code Rebuild} reads them back.
 *
 * <p>As with every file, the file is written first and the row committed second: what is here is never behind.
 */
public final class HistoryFiles {
    public static final String RUN = "run.json";

    /** The version of the tables; left out in files from before the first release, which were the same. */
    private static final String TABLES = "tables";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;
    private final TableRows rows;
    private final RunsFolder runs;
    private final HistoryTables tables;
    private final Map<Long, String> written = new HashMap<>(); // by artifact: what it was like then

    public HistoryFiles(JdbcClient jdbc, RunsFolder runs) {
        this.jdbc = jdbc;
        this.rows = new TableRows(jdbc);
        this.runs = runs;
        this.tables = runs.tables();
    }

    /** The run, its attempts, and all its artifacts. */
    public void writeAll(long run) {
        written.clear();
        writeChanged(run);
        writeRun(run);
    }

    private void writeRun(long run) {
        jdbc.sql("select job_name from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(String.class)
                .optional()
                .map(job -> RunFolder.of(runs.path(), run, job))
                .filter(folder -> Files.isDirectory(folder.path()))
                .ifPresent(folder -> write(folder.history().resolve(RUN), tables.ofRun(), run));
    }

    /** The run with those of its artifacts that were begun or completed, or got a checkpoint, since they were written last. */
    public void writeChanged(long run) {
        var now = jdbc.sql(
                        """
                        select a.artifact_id, a.path, a.completed_at is not null,
                            (select max(c.iteration) from checkpoint c where c.model_id = a.artifact_id)
                        from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
                        where e.job_instance_id = ?
                        """)
                .params(run)
                .query((row, number) -> List.of(
                        row.getLong(1), row.getString(2), row.getBoolean(3) + " " + row.getObject(4, Long.class)))
                .list();
        boolean changed = false;
        for (var artifact : now) {
            long id = (Long) artifact.get(0);
            var state = (String) artifact.get(2);
            if (!state.equals(written.put(id, state))) {
                writeArtifact(id, (String) artifact.get(1));
                changed = true;
            }
        }
        if (changed) {
            writeRun(run); // what it was settled to compute with, and how far its steps are
        }
    }

    private void writeArtifact(long id, String path) {
        RunFolder.ofArtifact(runs.path(), path)
                .filter(folder -> Files.isDirectory(folder.path()))
                .ifPresent(folder ->
                        write(folder.history().resolve("artifact-%d.json".formatted(id)), tables.ofArtifact(), id));
    }

    private void write(Path file, List<OwnedTable> tables, long owner) {
        var all = JSON.createObjectNode();
        for (var table : tables) {
            all.set(table.name(), rows.read(table, owner));
        }
        var whole = JSON.createObjectNode();
        whole.put(TABLES, Migrations.NEWEST);
        whole.put("sha256", sha256(all));
        whole.set("rows", all);
        try {
            AtomicFiles.write(
                    file,
                    temporary -> Files.writeString(
                            temporary, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What stands in such a file, by table; empty if it is not what was written, or by a newer program. */
    public static Optional<JsonNode> read(Path file) throws IOException {
        try {
            var whole = JSON.readTree(Files.readString(file));
            var all = whole.path("rows");
            boolean good = sha256(all).equals(whole.path("sha256").asText())
                    && whole.path(TABLES).asInt() <= Migrations.NEWEST;
            return good ? Optional.of(all) : Optional.empty();
        } catch (JsonProcessingException | CharacterCodingException damaged) {
            return Optional.empty();
        }
    }

    private static String sha256(JsonNode rows) {
        return Checksums.sha256OfText(rows.toString());
    }
}
