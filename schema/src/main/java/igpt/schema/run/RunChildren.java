package igpt.schema.run;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which runs are part of which. Joins the caller's transaction. */
public final class RunChildren {

    /** Of its run's attempts. */
    private static final String IS_NEWEST =
            """
            not exists (
                select 1 from batch_job_execution n
                where n.job_instance_id = e.job_instance_id and n.job_execution_id > e.job_execution_id)
            """;

    private final JdbcClient jdbc;

    public RunChildren(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A second time changes nothing but the purpose. */
    public void add(long parent, long child, String purpose) {
        var updated = jdbc.sql("update run_child set purpose = ? where parent = ? and child = ?")
                .params(purpose, parent, child)
                .update();
        if (updated == 0) {
            jdbc.sql("insert into run_child (parent, child, purpose) values (?, ?, ?)")
                    .params(parent, child, purpose)
                    .update();
        }
    }

    /** Their numbers, ascending. */
    public List<Long> of(long parent) {
        return jdbc.sql("select child from run_child where parent = ? order by child")
                .params(parent)
                .query(Long.class)
                .list();
    }

    /** The newest run that this one is part of, and that is not complete: to be resumed in its place. */
    public Optional<Long> unfinishedParent(long child) {
        return jdbc.sql(
                        """
                        select c.parent from run_child c
                        join batch_job_execution e on e.job_instance_id = c.parent
                        where c.child = ? and e.status <> 'COMPLETED' and %s
                        order by e.job_execution_id desc fetch first row only
                        """
                                .formatted(IS_NEWEST))
                .params(child)
                .query(Long.class)
                .optional();
    }

    /**
     * The newest run that is not complete, one that was killed before its first attempt included. A child that failed may have been all its parent wanted, so one of a complete
     * parent does not count. Asked of the tables, since the view works out parameters and losses of every attempt first.
     */
    public Optional<Long> lastUnfinished() {
        record Unfinished(long run, Instant begun) {}
        var attempted = jdbc.sql(
                        """
                        select e.job_instance_id, e.create_time from batch_job_execution e
                        where e.status <> 'COMPLETED' and %s
                            and not exists (
                                select 1 from run_child c
                                join batch_job_execution p on p.job_instance_id = c.parent
                                where c.child = e.job_instance_id and p.status = 'COMPLETED')
                        order by e.job_execution_id desc fetch first row only
                        """
                                .formatted(IS_NEWEST))
                .query((row, number) -> new Unfinished(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
        var asked = new RunRequests(jdbc)
                .all().stream()
                        .filter(request -> !isPart(request.run()))
                        .findFirst()
                        .map(request -> new Unfinished(request.run(), request.asked()));
        return Stream.concat(attempted.stream(), asked.stream())
                .max(Comparator.comparing(Unfinished::begun))
                .map(Unfinished::run);
    }

    /** Then the run that launched it is to be resumed. */
    private boolean isPart(long run) {
        return jdbc.sql("select count(*) from run_child where child = ?")
                        .params(run)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
