package igpt.schema.lock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who works on which run. */
public final class Holders {

    private Holders() {}

    /**
     * The process that is at work on a run: one of this machine if it is there, whatever became of its lock, and one of
     * another while the database says so.
     */
    public static Optional<Holder> of(JdbcClient jdbc, long run) {
        return jdbc
                .sql(
                        """
                        select h.pid, h.host, h.started_at, h.birth,
                            exists (select 1 from live_run l where l.run = h.run) as live
                        from run_holder h where h.run = ?
                        """)
                .params(run)
                .query((row, number) -> new Seen(holder(row), row.getBoolean("live")))
                .list()
                .stream()
                .filter(seen -> seen.holder.here() ? seen.holder.alive() : seen.live)
                .map(Seen::holder)
                .findFirst();
    }

    /** Whoever the row names. */
    public static Optional<Holder> row(JdbcClient jdbc, long run) {
        return jdbc.sql("select pid, host, started_at, birth from run_holder where run = ?")
                .params(run)
                .query((row, number) -> holder(row))
                .optional();
    }

    private record Seen(Holder holder, boolean live) {}

    static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getLong("pid"),
                row.getString("host"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getString("birth"));
    }
}
