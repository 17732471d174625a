package igpt.config;

import igpt.schema.db.DatabaseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where things lie.
 *
 * @param home the project's root
 * @param runs the database and a folder per run
 * @param given what of {@code database.url}, {@code .user} and {@code .password} wins over {@code config/application.yml}
 */
public record Project(Path home, Path runs, ConfigFolder config, Map<String, String> given) {
    private static final List<String> DATABASE = List.of("database.url", "database.user", "database.password");

    /** With the database that this process was given, as {@code IGPT_DATABASE_URL} for one, or else the file's. */
    public Project(Path home, Path runs, ConfigFolder config) {
        this(home, runs, config, givenToThisProcess());
    }

    private static Map<String, String> givenToThisProcess() {
        var given = new HashMap<String, String>();
        for (var name : DATABASE) {
            var value = setting(
                    "igpt." + name, "IGPT_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), "");
            if (!value.isEmpty()) {
                given.put(name, value);
            }
        }
        return Map.copyOf(given);
    }

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

    public DatabaseSettings database() {
        var settings = new HashMap<>(config.application(DATABASE));
        settings.putAll(given);
        settings.values().removeIf(String::isEmpty);
        return new DatabaseSettings(
                runs, settings.get("database.url"), settings.get("database.user"), settings.get("database.password"));
    }

    private static String setting(String property, String variable, String otherwise) {
        var set = System.getProperty(property, System.getenv(variable));
        return set == null || set.isBlank() ? otherwise : set;
    }
}
