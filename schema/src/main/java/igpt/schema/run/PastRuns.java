package igpt.schema.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long things took: what a forecast goes by. */
public final class PastRuns {
    private static final int LATEST = 20;

    private final JdbcClient jdbc;

    public PastRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How long something took in a run. */
    public record Took(double seconds, long run) {}

    /**
     * What the time of an iteration depends on.
     *
     * @param step that trains
     * @param processor of the run that trained, and its threads
     * @param settings {@code name=value} of the run's parameters, all of which must agree
     */
    public record Training(
            String step,
            int layers,
            int width,
            int heads,
            int positions,
            int colours,
            String objective,
            String device,
            String processor,
            int threads,
            List<String> settings) {}

    /** An iteration of the newest training that is like that. */
    public Optional<Took> iteration(Training like) {
        return jdbc.sql(
                        """
                        select m.run, cast(extract(epoch from s.end_time - s.start_time) as double precision)
                            / s.write_count as seconds
                        from model_catalogue m
                        join artifact a on a.artifact_id = m.artifact
                        join run_runtime r on r.run = m.run
                        join batch_job_execution e on e.job_instance_id = m.run
                        join batch_step_execution s on s.job_execution_id = e.job_execution_id
                        where s.step_name = :step and s.write_count > 0
                            and s.end_time >= s.start_time + interval '30' second -- less is mostly its beginning
                            and m.layers = :layers and m.width = :width and m.heads = :heads
                            and m.positions = :positions and m.colours = :colours and m.objective = :objective
                            and a.device = :device and r.processor = :processor and r.threads = :threads
                            and :count = (
                                select count(*) from batch_job_execution_params p
                                where p.job_execution_id = e.job_execution_id
                                    and p.parameter_name || '=' || p.parameter_value in (:settings))
                        order by s.step_execution_id desc fetch first row only
                        """)
                .param("step", like.step())
                .param("layers", like.layers())
                .param("width", like.width())
                .param("heads", like.heads())
                .param("positions", like.positions())
                .param("colours", like.colours())
                .param("objective", like.objective())
                .param("device", like.device())
                .param("processor", like.processor())
                .param("threads", like.threads())
                .param("count", like.settings().size())
                .param("settings", like.settings())
                .query((row, number) -> new Took(row.getDouble("seconds"), row.getLong("run")))
                .optional();
    }

    /** The latest complete runs of a job, the newest first. */
    public List<Long> latest(String job) {
        return jdbc.sql(
                        """
                        select e.job_instance_id from batch_job_execution e
                        join batch_job_instance i on i.job_instance_id = e.job_instance_id
                        where i.job_name = ? and e.status = 'COMPLETED'
                        order by e.job_execution_id desc fetch first %d rows only
                        """
                                .formatted(LATEST))
                .params(job)
                .query(Long.class)
                .list();
    }

    /** All steps of a run but those, in all attempts. */
    public double seconds(long run, Set<String> leftOut) {
        return jdbc
                .sql("select step, seconds from step_history where run = ?")
                .params(run)
                .query((row, number) -> leftOut.contains(row.getString("step")) ? 0 : row.getDouble("seconds"))
                .list()
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The steps that a run has completed, in whichever attempt. */
    public List<String> completedSteps(long run) {
        return jdbc.sql("select distinct step from step_history where run = ? and status = 'COMPLETED'")
                .params(run)
                .query(String.class)
                .list();
    }

    /** Empty if there is no such run. */
    public Optional<String> job(long run) {
        return jdbc.sql("select job_name from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(String.class)
                .optional();
    }
}
