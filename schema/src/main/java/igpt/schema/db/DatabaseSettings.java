package igpt.schema.db;

import igpt.schema.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is.
 *
 * @param runs the runs folder; the embedded database lies in it
 * @param url of PostgreSQL, {@code jdbc:postgresql://host/name}; null for the embedded one
 */
public record DatabaseSettings(Path runs, @Nullable String url, @Nullable String user, @Nullable String password) {

    public DatabaseSettings {
        runs = runs.toAbsolutePath().normalize();
        if (url != null && url.isBlank()) {
            url = null;
        }
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            throw new UserException("igpt.database.url is '" + url
                    + "': give jdbc:postgresql://host/name, or leave it out for the embedded database");
        }
        if (url == null && runs.toString().contains(";")) {
            throw new UserException("the runs folder " + runs + " has a ';' in its path: choose one without");
        }
    }

    public static DatabaseSettings embedded(Path runs) {
        return new DatabaseSettings(runs, null, null, null);
    }

    /** For the user to find it again, wherever the runs folder is then. */
    public String where() {
        return url == null ? "the embedded one, igpt.mv.db in this folder" : toString();
    }

    /** Without the URL's options, which may hold a password. */
    @Override
    public String toString() {
        return url == null ? H2.file(runs).toString() : url.replaceFirst("\\?.*", "");
    }
}
