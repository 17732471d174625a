package igpt.schema.run;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each step of each attempt is. Joins the caller's transaction, so it is seen when that commits. */
public final class ProgressTable {

    private final JdbcClient jdbc;

    public ProgressTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void set(Progress progress) {
        var updated = jdbc.sql(
                        """
                        update progress set done = :done, total = :total, unit = :unit, rate = :rate,
                            rate_unit = :rateUnit, seconds_left = :secondsLeft, loss = :loss,
                            checkpoint_seconds = :checkpointSeconds, updated_at = current_timestamp
                        where job_execution_id = :jobExecutionId and step = :step
                        """)
                .paramSource(progress)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            """
                            insert into progress (job_execution_id, step, done, total, unit, rate, rate_unit,
                                seconds_left, loss, checkpoint_seconds, updated_at)
                            values (:jobExecutionId, :step, :done, :total, :unit, :rate, :rateUnit, :secondsLeft, :loss,
                                :checkpointSeconds, current_timestamp)
                            """)
                    .paramSource(progress)
                    .update();
        }
    }

    /** In the order in which they last moved. */
    public List<Progress> of(long jobExecutionId) {
        return jdbc.sql(
                        """
                        select job_execution_id, step, done, total, unit, rate, rate_unit, seconds_left, loss,
                            checkpoint_seconds
                        from progress
                        where job_execution_id = ? order by updated_at, step
                        """)
                .params(jobExecutionId)
                .query(Progress.class)
                .list();
    }
}
