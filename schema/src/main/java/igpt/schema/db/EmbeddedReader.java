package igpt.schema.db;

import igpt.schema.Failures;
import igpt.schema.UserException;
import igpt.schema.lock.Holder;
import igpt.schema.lock.HolderFile;
import igpt.schema.lock.Holders;
import igpt.schema.lock.Patience;
import igpt.schema.lock.RunLock;
import igpt.schema.query.Query;
import igpt.schema.query.QueryLimits;
import igpt.schema.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The embedded file as it is when asked for it: a {@link Snapshot} in this process, whether a job has the file or not. */
final class EmbeddedReader extends Database {

    /** A file that was killed before its first table: H2's "wrong user". */
    private static final Set<Integer> NOTHING_YET = Set.of(28000);

    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final String url;
    private final SingleConnectionDataSource source;
    private final boolean held;

    private EmbeddedReader(String url, Connection connection, boolean held) {
        this.url = url;
        this.source = new SingleConnectionDataSource(connection, true);
        this.held = held;
    }

    public static EmbeddedReader open(DatabaseSettings settings) {
        var runs = settings.runs();
        if (EmbeddedDatabase.openHere(runs)) {
            return openOwn(runs);
        }
        EmbeddedDatabase.checkNotLost(settings);
        if (!Files.exists(H2.file(runs)) || H2.isBlank(runs)) {
            return empty();
        }
        if (!Files.isReadable(H2.file(runs))) {
            throw new UserException("cannot read the database " + H2.file(runs) + ": it belongs to another user");
        }
        var patience = new Patience();
        while (true) {
            boolean held = held(runs);
            try (var snapshot = Snapshot.of(H2.file(runs))) {
                if (held == held(runs)) { // else somebody came or went meanwhile, and left other rows
                    return open(snapshot, held);
                }
            } catch (NoSuchFileException gone) {
                return empty();
            } catch (SQLException | IOException failure) {
                if (!held
                        && failure instanceof SQLException sql
                        && H2.damaged(sql)
                        && !(beingMade(runs) && patience.tryAgain())) {
                    throw H2.damage(settings, sql);
                }
                if (!patience.tryAgain()) {
                    throw refusal(runs, failure);
                }
            }
        }
    }

    /** Whether it was written to a moment ago: by a process that makes it, and says who it is once it is whole. */
    private static boolean beingMade(Path runs) {
        try {
            var written = Files.getLastModifiedTime(H2.file(runs)).toInstant();
            return Duration.between(written, Instant.now()).compareTo(A_MOMENT) < 0;
        } catch (IOException gone) {
            return true;
        }
    }

    private static EmbeddedReader openOwn(Path runs) {
        try (var snapshot = Snapshot.ofOwn(runs)) {
            return open(snapshot, true);
        } catch (SQLException | IOException failure) {
            throw refusal(runs, failure);
        }
    }

    /** Whether a process is at work, or may be: of one on another machine all that is known is that it said so. */
    static boolean held(Path runs) {
        return HolderFile.read(H2.holder(runs))
                .filter(holder ->
                        holder.alive() || !holder.host().equals(Holder.self().host()))
                .isPresent();
    }

    private static EmbeddedReader open(Snapshot snapshot, boolean held) throws SQLException {
        return open(snapshot.url(), held).orElseGet(EmbeddedReader::empty);
    }

    /** Empty if there is nothing in it. */
    static Optional<EmbeddedReader> open(String url, boolean held) throws SQLException {
        Connection connection;
        try {
            connection = DriverManager.getConnection(url, H2.READER, H2.READER);
        } catch (SQLException failure) {
            if (!held && NOTHING_YET.contains(failure.getErrorCode())) {
                return Optional.empty();
            }
            throw failure;
        }
        try {
            if (Migrations.readable(connection)) {
                return Optional.of(new EmbeddedReader(url, connection, held));
            }
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
        connection.close();
        return Optional.empty();
    }

    /** In memory, gone when closed. */
    static EmbeddedReader empty() {
        var url = "jdbc:h2:mem:" + UUID.randomUUID();
        try {
            var connection = DriverManager.getConnection(url, H2.OWNER, "");
            Migrations.create(connection, H2.VENDOR);
            try (var statement = connection.createStatement()) {
                H2.addReader(statement);
            }
            return new EmbeddedReader(url, connection, false);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static UserException refusal(Path runs, Exception failure) {
        return new UserException(
                "cannot read the database " + H2.file(runs) + ": " + Failures.firstLine(failure), failure);
    }

    @Override
    public DataSource dataSource() {
        return source;
    }

    @Override
    public RunLock lock(long run) {
        throw new IllegalStateException("opened for reading");
    }

    /** As of the snapshot: the rows are those of the process that had the file then, or of one that is dead. */
    @Override
    public Optional<Holder> holder(long run) {
        return held ? Holders.row(jdbc(), run) : Optional.empty();
    }

    @Override
    public QueryResult query(String sql, QueryLimits limits) {
        return Query.run(sql, limits, () -> DriverManager.getConnection(url, H2.READER, H2.READER));
    }

    @Override
    public void close() {
        source.destroy();
    }
}
