package igpt.page;

import igpt.schema.db.Database;
import java.util.function.Function;

/** Asks the database, whichever process has it. */
public interface RunReader {
    /** @param question is answered while the database is open; what it gives must not need that any more */
    <T> T read(Function<Database, T> question);
}
