package igpt.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The embedded file, for asking: through the process that has it, or else opened for reading only. */
final class EmbeddedReader extends Database {

    /** No file, or one that was killed before its first table: H2's "database not found" and "wrong user". */
    private static final Set<Integer> NOTHING_YET = Set.of(90146, 28000);

    private final String url;
    private final SingleConnectionDataSource source;
    private final boolean served;

    private EmbeddedReader(String url, Connection connection, boolean served) {
        this.url = url;
        this.source = new SingleConnectionDataSource(connection, true);
        this.served = served;
    }

    static EmbeddedReader open(DatabaseSettings settings) {
        var runs = settings.runs();
        if (!Files.exists(H2.file(runs))) {
            return empty();
        }
        if (!Files.isReadable(H2.file(runs))) {
            throw new UserException("cannot read the database " + H2.file(runs) + ": it belongs to another user");
        }
        var patience = new Patience();
        while (true) {
            var holder = ServedAt.read(H2.servedAt(runs));
            var served = holder.filter(at -> at.holder().alive());
            try {
                return served.isPresent() ? open(H2.servedUrl(served.get()), true) : open(H2.readOnlyUrl(runs), false);
            } catch (SQLException failure) {
                if (served.isEmpty() && NOTHING_YET.contains(failure.getErrorCode())) {
                    return empty();
                }
                if (!patience.tryAgain()) {
                    throw refusal(runs, holder, failure);
                }
            }
        }
    }

    private static EmbeddedReader open(String url, boolean served) throws SQLException {
        var connection = DriverManager.getConnection(url, H2.READER, H2.READER);
        try {
            if (Migrations.readable(connection)) {
                return new EmbeddedReader(url, connection, served);
            }
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
        connection.close();
        return empty();
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

    private static UserException refusal(Path runs, Optional<ServedAt> served, SQLException failure) {
        if (served.isPresent() && H2.openElsewhere(failure)) {
            return H2.busy(served.get().holder());
        }
        if (H2.openElsewhere(failure)) {
            return new UserException(
                    "another program has the database " + H2.file(runs) + " open: close it first", failure);
        }
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

    /** Whoever was at work is dead if their file could be opened. */
    @Override
    public Optional<Holder> holder(long run) {
        return served ? super.holder(run) : Optional.empty();
    }

    @Override
    Connection readOnly() throws SQLException {
        return DriverManager.getConnection(url, H2.READER, H2.READER);
    }

    @Override
    public void close() {
        source.destroy();
    }
}
