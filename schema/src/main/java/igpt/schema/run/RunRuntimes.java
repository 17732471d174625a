package igpt.schema.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The settings that each run keeps. Joins the caller's transaction. */
public final class RunRuntimes {

    private final JdbcClient jdbc;

    public RunRuntimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty for a run that did not begin to compute. */
    public Optional<RuntimeSettings> of(long run) {
        return jdbc.sql("select * from run_runtime where run = ?")
                .param(run)
                .query(RunRuntimes::settings)
                .optional();
    }

    public void add(long run, RuntimeSettings settings) {
        jdbc.sql(
                        "insert into run_runtime (run, threads, intra_op, tensorflow, flags, processor) values (?, ?, ?, ?, ?, ?)")
                .params(run, settings.threads(), settings.intraOp())
                .params(settings.tensorflow(), settings.flags(), settings.processor())
                .update();
    }

    /** Images that the run's training takes at a time, if that was found. */
    public OptionalInt microBatch(long run) {
        return jdbc
                .sql("select micro_batch from run_runtime where run = ? and micro_batch is not null")
                .param(run)
                .query(Integer.class)
                .list()
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    public void setMicroBatch(long run, int images) {
        jdbc.sql("update run_runtime set micro_batch = ? where run = ?")
                .params(images, run)
                .update();
    }

    private static RuntimeSettings settings(ResultSet row, int number) throws SQLException {
        return new RuntimeSettings(
                row.getInt("threads"),
                row.getInt("intra_op"),
                row.getString("tensorflow"),
                row.getString("flags"),
                row.getString("processor"));
    }
}
