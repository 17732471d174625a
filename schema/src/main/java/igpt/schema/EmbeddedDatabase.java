package igpt.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** The embedded file, opened for a job: nobody else can open it, and others ask through this process. */
final class EmbeddedDatabase extends Database {

    private static final int CONNECTIONS = 8;

    private final Path runs;
    private final Connection exclusive; // held to the end, since H2 gives the file up with its last connection
    private final Server server;
    private final HikariDataSource pool;

    private EmbeddedDatabase(Path runs, Connection exclusive, Server server) {
        this.runs = runs;
        this.exclusive = exclusive;
        this.server = server;
        var config = new HikariConfig();
        config.setPoolName("igpt");
        config.setJdbcUrl(H2.url(runs));
        config.setUsername(H2.OWNER);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        this.pool = new HikariDataSource(config);
    }

    static EmbeddedDatabase open(DatabaseSettings settings) {
        var runs = settings.runs();
        makeFolder(runs);
        @Nullable Connection exclusive = null;
        try {
            exclusive = openExclusively(runs);
            while (Migrations.needed(exclusive)) {
                EmbeddedUpgrade.run(runs, exclusive);
                exclusive.close();
                exclusive = openExclusively(runs); // which another process may have done by now
            }
            forgetTheDead(exclusive);
            return new EmbeddedDatabase(runs, exclusive, serve(runs));
        } catch (SQLException | IOException | RuntimeException failure) {
            closeQuietly(exclusive);
            if (failure instanceof IllegalStateException broken) {
                throw broken;
            }
            throw Failures.explain(failure)
                    .orElseGet(() -> new UserException(
                            "cannot open the database " + H2.file(runs) + ": " + Failures.firstLine(failure), failure));
        }
    }

    private static void makeFolder(Path runs) {
        try {
            Files.createDirectories(runs);
        } catch (IOException failure) {
            throw new UserException(
                    "cannot make the runs folder " + runs + ": " + failure.getMessage()
                            + "; choose another with IGPT_RUNS",
                    failure);
        }
        var file = H2.file(runs);
        if (!Files.isWritable(runs) || (Files.exists(file) && !Files.isWritable(file))) {
            // H2 would open a file that it may not write to without a word, and fail at the first row.
            throw new UserException(
                    "cannot write to the runs folder " + runs + ": make it writable, or choose another with IGPT_RUNS");
        }
    }

    private static Connection openExclusively(Path runs) throws SQLException {
        var patience = new Patience();
        while (true) {
            try {
                var connection = DriverManager.getConnection(H2.url(runs), H2.OWNER, "");
                if (ServedAt.read(H2.servedAt(runs)).map(ServedAt::holder).equals(Optional.of(Holder.self()))) {
                    connection.close();
                    throw new IllegalStateException("this process has the database already");
                }
                return connection;
            } catch (SQLException failure) {
                if (!H2.openElsewhere(failure)) {
                    throw failure;
                }
                var holder = ServedAt.read(H2.servedAt(runs)).map(ServedAt::holder);
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

    private static Server serve(Path runs) throws SQLException, IOException {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        var key = HexFormat.of().formatHex(bytes);
        // With a key, whoever connects can name no database but by the key.
        var server = Server.createTcpServer(
                        "-tcpPort",
                        "0",
                        "-tcpDaemon",
                        "-key",
                        key,
                        H2.database(runs).toString())
                .start();
        new ServedAt(Holder.self(), server.getPort(), key).write(H2.servedAt(runs));
        return server;
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
        jdbc().sql("insert into run_holder (run, pid, host, started_at, birth) values (?, ?, ?, ?, ?)")
                .params(run, self.pid(), self.host(), self.started().atOffset(ZoneOffset.UTC))
                .param(self.birth())
                .update();
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

    @Override
    Connection readOnly() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + H2.database(runs), H2.READER, H2.READER);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(H2.servedAt(runs)); // first, so that nobody new comes
        } catch (IOException stays) {
            // Harmless: it names a process that will be dead.
        }
        server.stop();
        pool.close();
        closeQuietly(exclusive);
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
