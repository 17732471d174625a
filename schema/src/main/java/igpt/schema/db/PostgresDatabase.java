package igpt.schema.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import igpt.schema.Failures;
import igpt.schema.UserException;
import igpt.schema.lock.Patience;
import igpt.schema.lock.PostgresLock;
import igpt.schema.lock.Refusal;
import igpt.schema.lock.RunLock;
import igpt.schema.query.Query;
import igpt.schema.query.QueryLimits;
import igpt.schema.query.QueryResult;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** PostgreSQL, for several processes at once. */
public final class PostgresDatabase extends Database {

    public static final String VENDOR = "postgresql";

    private static final int CONNECTIONS = 8;
    private static final int READERS = 4;

    /** The server notices within a minute that this machine or the network has died, and rolls back. */
    private static final String KEEPALIVE =
            "set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

    /** A query waits for a lock only behind a migration. */
    private static final long LOCK_MILLIS = 5_000;

    private final DatabaseSettings settings;
    private final DataSource source;
    private final Runnable close;
    private PostgresLock.Timing timing = PostgresLock.Timing.USUAL;
    private final Queue<PostgresLock> locks = new ConcurrentLinkedQueue<>();

    private PostgresDatabase(DatabaseSettings settings, DataSource source, Runnable close) {
        this.settings = settings;
        this.source = source;
        this.close = close;
    }

    public static PostgresDatabase open(DatabaseSettings settings) {
        try {
            connect(settings, false).close(); // for a clear line at once where the pool would try for half a minute
        } catch (SQLException failure) {
            throw unreachable(settings, failure);
        }
        var config = new HikariConfig();
        config.setPoolName("igpt");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties(settings, false));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000); // whoever has a run tries again
        config.setConnectionInitSql(KEEPALIVE);
        config.addDataSourceProperty("socketTimeout", "300"); // no statement of a run takes minutes
        var pool = new HikariDataSource(config);
        try {
            migrate(settings);
            return new PostgresDatabase(settings, pool, pool::close);
        } catch (SQLException | RuntimeException failure) {
            pool.close();
            throw failure instanceof UserException user ? user : unreachable(settings, failure);
        }
    }

    private static void migrate(DatabaseSettings settings) throws SQLException {
        boolean needed;
        try (var connection = connect(settings, false)) {
            needed = Migrations.needed(connection);
        }
        if (needed) {
            Migrations.migrate(
                    new DriverManagerDataSource(String.valueOf(settings.url()), properties(settings, false)), VENDOR);
        }
    }

    /** For several questions at a time, for as long as it is open. Empty if there is nothing in it yet. */
    static Optional<Database> readers(DatabaseSettings settings) {
        try (var first = read(settings)) { // for a clear line at once where the pool would try for half a minute
            if (!(first instanceof PostgresDatabase)) {
                return Optional.empty();
            }
        }
        var config = new HikariConfig();
        config.setPoolName("igpt readers");
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(properties(settings, true));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        var pool = new HikariDataSource(config);
        return Optional.of(new PostgresDatabase(settings, pool, pool::close));
    }

    static Database read(DatabaseSettings settings) {
        try {
            var connection = connect(settings, true);
            var source = new SingleConnectionDataSource(connection, true);
            try {
                if (Migrations.readable(connection)) {
                    return new PostgresDatabase(settings, source, source::destroy);
                }
            } catch (SQLException | RuntimeException failure) {
                source.destroy();
                throw failure;
            }
            source.destroy();
            return EmbeddedReader.empty();
        } catch (SQLException failure) {
            throw unreachable(settings, failure);
        }
    }

    private static Connection connect(DatabaseSettings settings, boolean readOnly) throws SQLException {
        return DriverManager.getConnection(String.valueOf(settings.url()), properties(settings, readOnly));
    }

    private static Properties properties(DatabaseSettings settings, boolean readOnly) {
        var properties = new Properties();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", "igpt");
        properties.setProperty("tcpKeepAlive", "true"); // a lock's connection says nothing for hours
        properties.setProperty("connectTimeout", "10");
        if (readOnly) {
            properties.setProperty("readOnly", "true");
            properties.setProperty("readOnlyMode", "always");
        }
        return properties;
    }

    private static UserException unreachable(DatabaseSettings settings, Exception failure) {
        return new UserException("cannot use the database " + settings + ": " + Failures.firstLine(failure), failure);
    }

    @Override
    public DataSource dataSource() {
        return source;
    }

    /** Tries for a while where the holder is dead: the server takes a moment to see that a process was killed. */
    @Override
    public RunLock lock(long run) {
        var patience = new Patience();
        try {
            while (true) {
                boolean mine = locks.stream().anyMatch(lock -> lock.run() == run && lock.isOpen());
                try {
                    var lock = PostgresLock.take(this::lockSession, timing, run, mine);
                    locks.add(lock);
                    return lock;
                } catch (Refusal refusal) {
                    if (!refusal.passing() || !patience.tryAgain()) {
                        throw new UserException(String.valueOf(refusal.getMessage()), refusal);
                    }
                }
            }
        } catch (SQLException failure) {
            throw unreachable(settings, failure);
        }
    }

    private Connection lockSession() throws SQLException {
        var properties = properties(settings, false);
        properties.setProperty("socketTimeout", "20");
        var connection = DriverManager.getConnection(String.valueOf(settings.url()), properties);
        try (var statement = connection.createStatement()) {
            statement.execute(KEEPALIVE);
            // Those that this version of the server has.
            statement.execute(
                    "select set_config(name, '0', false) from pg_settings where name in ('idle_session_timeout')");
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
        return connection;
    }

    /** For tests, which have no patience. */
    public void time(PostgresLock.Timing other) {
        timing = other;
    }

    @Override
    public QueryResult query(String sql, QueryLimits limits) {
        return Query.run(sql, limits, () -> {
            try (var connection = connect(settings, false)) {
                limit(connection, limits);
                PostgresCalls.check(connection, sql);
            }
            var connection = connect(settings, true);
            limit(connection, limits);
            return connection;
        });
    }

    /** The server's own, should this process be stopped meanwhile: what a query has seen would hold a migration up. */
    private static void limit(Connection connection, QueryLimits limits) throws SQLException {
        try (var statement = connection.createStatement()) {
            long millis = limits.time().toMillis();
            statement.execute("set statement_timeout = " + millis);
            statement.execute("set idle_in_transaction_session_timeout = " + millis);
            statement.execute("set lock_timeout = " + Math.min(millis, LOCK_MILLIS));
        }
    }

    @Override
    public void close() {
        locks.forEach(PostgresLock::close);
        close.run();
    }
}
