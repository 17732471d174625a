package igpt.schema.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs that have a number and no attempt yet, with what was asked for: one whose process is killed in between can be resumed
 * like any other. Joins the caller's transaction.
 */
public final class RunRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;

    public RunRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record RunRequested(long run, String job, Instant asked, List<Parameter> parameters) {}

    public void add(long run, List<Parameter> parameters) {
        try {
            jdbc.sql("insert into run_request (run, asked_at, parameters) values (?, ?, ?)")
                    .params(run, OffsetDateTime.now(ZoneOffset.UTC), JSON.writeValueAsString(parameters))
                    .update();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Once it has an attempt, which has its parameters, or was refused. */
    public void delete(long run) {
        jdbc.sql("delete from run_request where run = ?").params(run).update();
    }

    public Optional<RunRequested> of(long run) {
        return jdbc.sql(select("r.run = ?")).params(run).query(RunRequests::row).optional();
    }

    /** The newest first. */
    public List<RunRequested> all() {
        return jdbc.sql(select("1 = 1")).query(RunRequests::row).list();
    }

    private static String select(String condition) {
        return "select r.run, i.job_name, r.asked_at, r.parameters from run_request r"
                + " join batch_job_instance i on i.job_instance_id = r.run"
                + " where not exists (select 1 from batch_job_execution e where e.job_instance_id = r.run) and "
                + condition + " order by r.run desc";
    }

    private static RunRequested row(ResultSet row, int number) throws SQLException {
        try {
            return new RunRequested(
                    row.getLong(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    JSON.readValue(row.getString(4), new TypeReference<>() {}));
        } catch (JsonProcessingException damaged) {
            throw new SQLException(damaged);
        }
    }
}
