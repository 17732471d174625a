package igpt.config;

import igpt.schema.db.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie.
 *
 * @param home the project's root
 * @param runs the database and a folder per run
 */
public record Project(Path home, Path runs, ConfigFolder config) {

    /**
     * {@code igpt.home} and {@code igpt.runs}, else {@code IGPT_HOME} and {@code IGPT_RUNS}, from where the user stands;
     * else that place, and the home's {@code runs/}.
     */
    public static Project ofThisProcess() {
        var home = absolute(setting("igpt.home", "IGPT_HOME", "."));
        var runs =
                absolute(setting("igpt.runs", "IGPT_RUNS", home.resolve("runs").toString()));
        return new Project(home, runs, new ConfigFolder(home.resolve("config")));
    }

    /** @throws UsageException if there is no project in {@link #home} */
    public Project checked() {
        if (!Files.isDirectory(home.resolve("config"))) {
            throw new UsageException("IGPT_HOME is %s, %s: give the folder of the program, or leave it out"
                    .formatted(home, Files.exists(home) ? "which has no folder config" : "which is not there"));
        }
        return this;
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /** {@code database.url} and the like in {@code config/application.yml}; {@code IGPT_DATABASE_URL} wins over it. */
    public DatabaseSettings database() {
        var file = config.application(List.of("database.url", "database.user", "database.password"));
        return new DatabaseSettings(runs, database("url", file), database("user", file), database("password", file));
    }

    private static @Nullable String database(String name, Map<String, String> file) {
        var set = setting("igpt.database." + name, "IGPT_DATABASE_" + name.toUpperCase(Locale.ROOT), "");
        var value = set.isEmpty() ? file.getOrDefault("database." + name, "") : set;
        return value.isEmpty() ? null : value;
    }

    private static String setting(String property, String variable, String otherwise) {
        var set = System.getProperty(property, System.getenv(variable));
        return set == null || set.isBlank() ? otherwise : set;
    }
}
