package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.db.PostgresDatabase;
import igpt.schema.lock.Holder;
import igpt.schema.lock.PostgresLock;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run on PostgreSQL stays with the process that works on it, whatever becomes of its session at the server. */
class PostgresLockTest {

    private static final String LOCKS =
            """
            from pg_locks l where l.locktype = 'advisory' and l.granted
                and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint)
                    = hashtextextended('igpt.' || current_schema(), 1)
            """;

    private final TestDatabase place = TestDatabase.postgres();
    private final PostgresDatabase database = (PostgresDatabase) place.database();

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void aSessionThatTheServerEndedIsMadeAgain() {
        hurry(Duration.ofMinutes(1));
        try (var lock = database.lock(1)) {
            for (int i = 0; i < 3; i++) {
                int before = session();
                endTheSession();
                await(() -> lock.held() && session() > 0 && session() != before);
                lock.confirm();
            }
            assertThat(database.holder(1)).contains(Holder.self());
        }
        assertThat(database.holder(1)).isEmpty();
        await(() -> session() == 0); // the server notices a moment later
    }

    @Test
    void whereItCannotBeMadeAgainTheReasonIsTold() throws Exception {
        hurry(Duration.ofMillis(200));
        try (var lock = database.lock(1);
                var other = DriverManager.getConnection(
                        String.valueOf(place.settings().url()))) {
            BlockingQueue<UserException> told = new LinkedBlockingQueue<>();
            lock.onLoss(told::add);
            try (var statement = other.createStatement()) {
                statement.execute("begin");
                statement.execute("select pg_terminate_backend(l.pid) " + LOCKS);
                statement.execute("select pg_advisory_lock(hashtextextended('igpt.' || current_schema(), 1))");
            }
            var reason = told.poll(1, TimeUnit.MINUTES);
            assertThat(reason).hasMessageContaining("was lost").hasMessageContaining("igpt resume 1");
            assertThat(lock.held()).isFalse();
            assertThatThrownBy(lock::confirm).isSameAs(reason);
        }
    }

    @Test
    void whoWasTakenOverCommitsNothing() throws Exception {
        hurry(Duration.ofMinutes(1));
        try (var lock = database.lock(1);
                var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            lock.fence(connection);
            connection.rollback();
            database.jdbc()
                    .sql("update run_holder set token = 'theirs', pid = 7, host = 'elsewhere', birth = 'other boot 5'")
                    .update();
            assertThatThrownBy(() -> lock.fence(connection))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("run 1 was taken over by process 7 on elsewhere");
            connection.rollback();
            await(() -> !lock.held());
        }
        assertThat(database.jdbc()
                        .sql("select token from run_holder")
                        .query(String.class)
                        .single())
                .as("their right is left to them")
                .isEqualTo("theirs");
    }

    @Test
    void aTakerWaitsForTheCommitUnderWay() throws Exception {
        try (var lock = database.lock(1);
                var connection = database.dataSource().getConnection();
                var taker = DriverManager.getConnection(
                        String.valueOf(place.settings().url()));
                var statement = taker.createStatement()) {
            connection.setAutoCommit(false);
            lock.fence(connection);
            assertThatThrownBy(() -> statement.execute("select run from run_holder where run = 1 for update nowait"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("could not obtain lock");
            statement.execute("update run_holder set heard_at = clock_timestamp()"); // a sign of life need not wait
            connection.commit();
            statement.execute("select run from run_holder where run = 1 for update nowait");
        }
    }

    /** The process is stopped before its session is ended, so that it cannot take the lock again in between. */
    @Test
    void aProcessThatIsThereKeepsItsRunWithoutItsLock() throws Exception {
        try (var job = OtherJvm.start(
                JobAtWork.class,
                place.settings().runs().toString(),
                String.valueOf(place.settings().url()))) {
            job.awaitLine("committed 3");
            job.signal("STOP");
            endTheSession();
            await(() -> session() == 0);
            assertThatThrownBy(() -> database.lock(1))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("in progress: process " + job.pid())
                    .hasMessageContaining("suspended")
                    .hasMessageContaining("kill -CONT " + job.pid())
                    .hasMessageNotContaining("\n");
            assertThat(database.holder(1)).map(Holder::pid).contains(job.pid());

            // As another machine sees it: while it was heard of a moment ago, and afterwards.
            sql("update run_holder set birth = 'other boot 5', heard_at = clock_timestamp()");
            assertThatThrownBy(() -> database.lock(1))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("heard of 0 s ago")
                    .hasMessageContaining("if that machine is dead, try again in a minute");
            assertThat(database.holder(1)).isPresent();
            sql("update run_holder set heard_at = timestamp '2026-01-01 00:00:00'");
            awaitUptime();
            try (var lock = database.lock(1)) {
                job.signal("CONT");
                assertThat(job.awaitLine("lost: "))
                        .contains("run 1 was taken over by process "
                                + Holder.self().pid());
                assertThat(lock.held()).isTrue();
            }
        }
    }

    private void hurry(Duration patience) {
        database.time(new PostgresLock.Timing(Duration.ofMillis(50), patience));
    }

    /** The server process of the lock's session; 0: none. */
    private int session() {
        return database.jdbc()
                .sql("select coalesce(max(l.pid), 0) " + LOCKS)
                .query(Integer.class)
                .single();
    }

    private void endTheSession() {
        database.jdbc()
                .sql("select pg_terminate_backend(l.pid) " + LOCKS)
                .query(Boolean.class)
                .list();
    }

    private void sql(String update) {
        assertThat(database.jdbc().sql(update).update()).isEqualTo(1);
    }

    /** Of a server that has just begun, nobody can have been heard of for long. */
    private void awaitUptime() {
        await(() -> database.jdbc()
                .sql("select pg_postmaster_start_time() < clock_timestamp() - interval '30 seconds'")
                .query(Boolean.class)
                .single());
    }

    private static void await(BooleanSupplier condition) {
        @Nullable RuntimeException last = null;
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); System.nanoTime() < end; ) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            } catch (RuntimeException failure) {
                last = failure;
            }
        }
        throw new AssertionError("it never came true", last);
    }
}
