package igpt.schema;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which runs are part of which. Joins the caller's transaction. */
public final class RunChildren {

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

    /** The newest run that this one is part of, and that is not complete: to be gone on with in its place. */
    public Optional<Long> unfinishedParent(long child) {
        return jdbc.sql(
                        """
                        select c.parent from run_child c
                        join run_history h on h.run = c.parent
                        where c.child = ? and h.status <> 'COMPLETED'
                            and not exists (select 1 from run_history n where n.run = h.run and n.attempt > h.attempt)
                        order by h.execution desc fetch first row only
                        """)
                .params(child)
                .query(Long.class)
                .optional();
    }
}
