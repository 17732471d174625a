package igpt.schema.lock;

import java.sql.Connection;
import java.sql.SQLException;

/** A run on PostgreSQL that cannot be had, and why. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private Refusal(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** Whether it may be over in a moment: the holder is dead, and the server about to notice. */
    public boolean passing() {
        return passing;
    }

    private static Refusal of(long run, Holder holder, String advice) {
        return new Refusal("run " + run + " is in progress: " + holder + advice, false);
    }

    private static Refusal passing(long run) {
        return new Refusal(
                "run %d is in progress: a process that has just ended, or begun; wait for it, or end it with `igpt stop %1$d`"
                        .formatted(run),
                true);
    }

    /**
     * Locks the row that says who works on the run, and looks whether they do.
     *
     * @param free whether the advisory lock was to be had
     * @param mine whether this process works on the run already
     * @throws Refusal if the run cannot be had
     */
    static void check(Connection connection, long run, boolean free, boolean mine) throws SQLException, Refusal {
        try (var statement = connection.prepareStatement(
                """
                select h.pid, h.host, h.started_at, h.birth,
                    cast(extract(epoch from clock_timestamp() - h.heard_at) as bigint) as silent,
                    greatest(h.heard_at, pg_postmaster_start_time()) > clock_timestamp() - interval '30 seconds' as heard,
                    (
                        select max(l.pid) from pg_locks l
                        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                            and l.database = (select d.oid from pg_database d where d.datname = current_database())
                            and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint)
                                = hashtextextended('igpt.' || current_schema(), h.run)
                    ) as backend
                from run_holder h where h.run = ? %s
                """
                        .formatted(free ? "for update of h" : ""))) {
            statement.setLong(1, run);
            try (var row = statement.executeQuery()) {
                boolean known = row.next();
                var holder = known ? Holders.holder(row) : null;
                if (holder != null && holder.here()) {
                    boolean self = holder.equals(Holder.self());
                    if (self ? mine : holder.alive()) {
                        throw of(run, holder, atHome(run, holder));
                    }
                } else if (holder != null) {
                    boolean heard = row.getBoolean("heard");
                    if (heard || !free) {
                        throw of(run, holder, abroad(run, heard, row.getLong("silent"), row.getInt("backend")));
                    }
                }
                if (!free) {
                    throw passing(run);
                }
            }
        }
    }

    private static String atHome(long run, Holder holder) {
        return holder.suspended()
                ? ", which is suspended; continue it with `kill -CONT %d`, or end it with `kill -KILL %1$d`"
                        .formatted(holder.pid())
                : "; wait for it, or end it with `igpt stop %d`".formatted(run);
    }

    private static String abroad(long run, boolean heard, long silent, int backend) {
        return heard
                ? ", heard of %d s ago; wait for it, or end it there with `igpt stop %d`; if that machine is dead, try again in a minute"
                        .formatted(silent, run)
                : ", not heard of for %d s; if that machine is dead, have the database end its session, `select pg_terminate_backend(%d)`, and try again"
                        .formatted(silent, backend);
    }
}
