package igpt.schema.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import igpt.schema.Failures;
import igpt.schema.UserException;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.OwnerOnly;
import igpt.schema.lock.Holder;
import igpt.schema.lock.HolderFile;
import igpt.schema.lock.Patience;
import igpt.schema.lock.RunLock;
import igpt.schema.query.QueryLimits;
import igpt.schema.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The embedded file, opened for a job: nobody else can open it. Who only asks does so on a {@link Snapshot} of it. */
final class EmbeddedDatabase extends Database {

    private static final int CONNECTIONS = 8;

    /** The runs folders whose database this process has. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path runs;
    private final Connection exclusive; // held to the end, since H2 gives the file up with its last connection
    private final HikariDataSource pool;
    private final SignsOfLife life;

    private EmbeddedDatabase(Path runs, Connection exclusive) {
        this.runs = runs;
        this.exclusive = exclusive;
        var config = new HikariConfig();
        config.setPoolName("igpt");
        config.setJdbcUrl(H2.url(runs));
        config.setUsername(H2.OWNER);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        this.pool = new HikariDataSource(config);
        this.life = new SignsOfLife(jdbc());
    }

    public static EmbeddedDatabase open(DatabaseSettings settings) {
        var runs = settings.runs();
        makeFolder(runs);
        if (openHere(runs)) {
            throw new IllegalStateException("this process has the database already");
        }
        StillReader.makeWay(runs);
        @Nullable Connection exclusive = null;
        boolean opened = false;
        try {
            exclusive = openExclusively(runs);
            while (Migrations.needed(exclusive)) {
                EmbeddedUpgrade.run(runs, exclusive);
                exclusive.close();
                exclusive = openExclusively(runs); // which another process may have done by now
            }
            forgetTheDead(exclusive);
            HolderFile.write(H2.holder(runs), Holder.self());
            var database = new EmbeddedDatabase(runs, exclusive);
            OPEN.add(runs);
            opened = true;
            return database;
        } catch (SQLException | IOException | RuntimeException failure) {
            closeQuietly(exclusive);
            if (failure instanceof IllegalStateException broken) {
                throw broken;
            }
            if (failure instanceof SQLException sql && H2.damaged(sql)) {
                throw H2.damage(settings, sql);
            }
            throw Failures.explain(failure)
                    .orElseGet(() -> new UserException(
                            "cannot open the database " + H2.file(runs) + ": " + Failures.firstLine(failure), failure));
        } finally {
            if (!opened) {
                StillReader.letIn(runs);
            }
        }
    }

    /**
     * A database that is not there, or empty, is made; unless there are runs that one that was lost knew.
     *
     * @throws UserException if it was lost
     */
    static void checkNotLost(DatabaseSettings settings) {
        if (!Files.exists(H2.file(settings.runs())) || H2.isBlank(settings.runs())) {
            RunsFolder.checkNoRuns(settings);
        }
    }

    private static void makeFolder(Path runs) {
        try {
            Files.createDirectories(runs);
        } catch (IOException failure) {
            throw new UserException(
                    "cannot make the runs folder " + runs
                            + ": make its parent writable, or choose another with IGPT_RUNS",
                    failure);
        }
        var file = H2.file(runs);
        if (!Files.isWritable(runs) || (Files.exists(file) && !Files.isWritable(file))) {
            // H2 would open a file that it may not write to without a word, and fail at the first row.
            throw new UserException(
                    "cannot write to the runs folder " + runs + ": make it writable, or choose another with IGPT_RUNS");
        }
    }

    private static Connection openExclusively(Path runs) throws SQLException, IOException {
        var patience = new Patience();
        while (true) {
            try {
                var connection = DriverManager.getConnection(H2.url(runs), H2.OWNER, "");
                OwnerOnly.restrict(H2.file(runs));
                return connection;
            } catch (SQLException failure) {
                if (!H2.openElsewhere(failure)) {
                    throw failure;
                }
                var holder = HolderFile.read(H2.holder(runs));
                if (holder.isPresent() && (holder.get().alive() || !holder.get().here())) {
                    throw H2.busy(holder.get());
                }
                if (!patience.tryAgain()) {
                    throw new UserException(
                            "another program has the database " + H2.file(runs) + " open: close it first", failure);
                }
            }
        }
    }

    /** Those who left rows behind are dead, or the file were not ours. */
    private static void forgetTheDead(Connection exclusive) throws SQLException {
        try (var statement = exclusive.createStatement()) {
            statement.execute("delete from run_holder");
        }
    }

    /** Whether this process has the database of that runs folder. */
    static boolean openHere(Path runs) {
        return OPEN.contains(runs);
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    /** Nobody else can be at work on any run; the row is for those who ask. */
    @Override
    public RunLock lock(long run) {
        var self = Holder.self();
        jdbc().sql("delete from run_holder where run = ?").params(run).update();
        jdbc().sql(
                        """
                        insert into run_holder (run, pid, host, started_at, birth, heard_at)
                        values (?, ?, ?, ?, ?, current_timestamp)
                        """)
                .params(run, self.pid(), self.host(), self.started().atOffset(ZoneOffset.UTC))
                .param(self.birth())
                .update();
        life.begin();
        return new EmbeddedLock(run);
    }

    /** As good as the file, which is exclusive while this process lives. */
    private final class EmbeddedLock implements RunLock {
        private final long run;

        EmbeddedLock(long run) {
            this.run = run;
        }

        @Override
        public long run() {
            return run;
        }

        @Override
        public boolean held() {
            return !pool.isClosed();
        }

        @Override
        public void confirm() {
            if (!held()) {
                throw new UserException("the database of run " + run + " was closed");
            }
        }

        @Override
        public void fence(Connection transaction) {
            // Nobody else can commit.
        }

        /** It is in this process: what broke here stays broken. */
        @Override
        public boolean settle() {
            return false;
        }

        @Override
        public void onTrouble(Consumer<String> listener) {
            // It is never away.
        }

        @Override
        public void onLoss(Consumer<UserException> listener) {
            // It never is.
        }

        @Override
        public void close() {
            if (held()) {
                jdbc().sql("delete from run_holder where run = ?").params(run).update();
            }
        }
    }

    /** By H2, which has the file; it takes its name when it is whole. */
    @Override
    public void backup() throws IOException, SQLException {
        var connection = exclusive;
        AtomicFiles.write(H2.backup(runs), temporary -> {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                H2.backup(connection, runs, temporary);
            } catch (SQLException failure) {
                throw new IOException(Failures.firstLine(failure), failure);
            }
        });
    }

    @Override
    public QueryResult query(String sql, QueryLimits limits) {
        try (var reader = EmbeddedReader.open(DatabaseSettings.embedded(runs))) {
            return reader.query(sql, limits);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(H2.holder(runs));
        } catch (IOException stays) {
            // Harmless: it names a process that will be dead.
        }
        life.close();
        pool.close();
        closeQuietly(exclusive);
        OPEN.remove(runs);
        StillReader.letIn(runs);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException broken) {
            // All that was committed is on disk already.
        }
    }
}
