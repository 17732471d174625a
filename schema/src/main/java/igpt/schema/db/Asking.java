package igpt.schema.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database, whichever process has it, and at once however large it is: the embedded file is read where it lies, and
 * read again if somebody has written to it meanwhile. Between questions it stays open, as long as nothing changes.
 */
public final class Asking implements AutoCloseable {
    /** Of the embedded file in place; then it is copied. A job commits now and then, and a question takes milliseconds. */
    private static final int TRIES = 5;

    private final DatabaseSettings settings;
    private @Nullable StillReader still; // guarded by this
    private @Nullable Database readers; // guarded by this

    public Asking(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** One question. */
    public static <T> T once(DatabaseSettings settings, Function<Database, T> question) {
        try (var asking = new Asking(settings)) {
            return asking.ask(question);
        }
    }

    /**
     * @param question may be asked more than once, and then only its last answer counts; that must not need the database
     * @throws igpt.schema.UserException if it cannot be reached, or is of another version than this program
     */
    public <T> T ask(Function<Database, T> question) {
        if (settings.url() == null) {
            return embedded(question);
        }
        var open = readers();
        return open == null ? copied(question) : question.apply(open);
    }

    /** null while there is nothing in it. */
    private synchronized @Nullable Database readers() {
        if (readers == null) {
            readers = PostgresDatabase.readers(settings).orElse(null);
        }
        return readers;
    }

    private synchronized <T> T embedded(Function<Database, T> question) {
        for (int i = 0; i < TRIES; i++) {
            var reader = reader();
            if (reader == null) {
                break;
            }
            try {
                var answer = question.apply(reader.database());
                if (reader.still()) {
                    if (reader.large()) {
                        closeReader();
                    }
                    return answer;
                }
            } catch (RuntimeException e) {
                if (reader.still() && !reader.full()) {
                    throw e;
                }
            }
            if (reader.full()) {
                break;
            }
            closeReader();
        }
        closeReader();
        return copied(question);
    }

    private <T> T copied(Function<Database, T> question) {
        try (var copy = Database.forReading(settings)) {
            return question.apply(copy);
        }
    }

    /** null where it cannot be read in place; why, the copy will tell. */
    private @Nullable StillReader reader() {
        var open = still;
        if (open != null && open.still()) {
            return open;
        }
        closeReader();
        try {
            still = StillReader.open(settings.runs());
        } catch (IOException | SQLException | RuntimeException e) {
            return null;
        }
        return still;
    }

    private void closeReader() {
        if (still != null) {
            still.close();
            still = null;
        }
    }

    @Override
    public synchronized void close() {
        closeReader();
        if (readers != null) {
            readers.close();
            readers = null;
        }
    }
}
