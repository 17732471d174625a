package igpt.schema.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The embedded database read where it lies. What it says is true as long as it is {@link #still} as it was. */
final class StillReader implements AutoCloseable {
    /** Of all runs folders. The last close of a file in a process takes away H2's lock on it, too. */
    private static final Map<StillChannel, Path> OPEN = new ConcurrentHashMap<>();

    /** The runs folders whose database this process opens, or has. */
    private static final Set<Path> BARRED = ConcurrentHashMap.newKeySet();

    private static final Object OPENING = new Object();

    private final Path runs;
    private final boolean held;
    private final StillChannel channel;
    private final String token = UUID.randomUUID().toString();
    private final EmbeddedReader database;

    private StillReader(Path runs, StillChannel channel) throws SQLException {
        this.runs = runs;
        this.held = EmbeddedReader.held(runs);
        this.channel = channel;
        var name = StillFile.put(token, channel, H2.file(runs));
        var url = H2.reading(name);
        try {
            database = EmbeddedReader.open(url, held).orElseThrow(() -> new SQLException("there is nothing in it"));
        } catch (SQLException | RuntimeException e) {
            StillFile.remove(token);
            throw e;
        }
    }

    /** @throws IOException if this process has the database, or there is none */
    static StillReader open(Path runs) throws IOException, SQLException {
        StillChannel channel;
        synchronized (OPENING) {
            if (BARRED.contains(runs)) {
                throw new IOException("this process has the database");
            }
            channel = new StillChannel(H2.file(runs));
            OPEN.put(channel, runs);
        }
        try {
            return new StillReader(runs, channel);
        } catch (SQLException | RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    /** To be called before this process opens the database itself: whoever reads it then begins again. */
    static void makeWay(Path runs) {
        synchronized (OPENING) {
            BARRED.add(runs);
            OPEN.forEach((channel, folder) -> {
                if (folder.equals(runs)) {
                    channel.closeFile();
                }
            });
        }
    }

    /** To be called when it has closed the database again. */
    static void letIn(Path runs) {
        BARRED.remove(runs);
    }

    Database database() {
        return database;
    }

    /** Whether nobody has written to what was read of it, nor come or gone. */
    boolean still() {
        return held == EmbeddedReader.held(runs) && channel.still();
    }

    /** Whether it takes longer to look whether it has changed than to read it again. */
    boolean large() {
        return channel.large();
    }

    boolean full() {
        return channel.full();
    }

    @Override
    public void close() {
        database.close();
        StillFile.remove(token);
        close(channel);
    }

    private static void close(StillChannel channel) {
        OPEN.remove(channel);
        channel.closeFile();
    }
}
