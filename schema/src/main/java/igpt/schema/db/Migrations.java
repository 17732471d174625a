package igpt.schema.db;

import igpt.schema.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The versions of the database. Only a job migrates; who only asks must find the version they know. */
public final class Migrations {
    private static final String FOLDER = "db/migration/";
    private static final String COMMON = "common";

    private static final String APPLIED =
            "select \"version\", \"script\", \"checksum\" from \"flyway_schema_history\" where \"success\" and \"type\" = 'SQL'";

    /** H2's and PostgreSQL's. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42S02", "42S04", "42P01");

    /** The same numbers and names on each database. */
    private static final TreeMap<Integer, String> OURS = scripts(H2.VENDOR).stream()
            .collect(Collectors.toMap(Script::version, Script::name, (a, b) -> a, TreeMap::new));

    /** This program's version. */
    public static final int NEWEST = OURS.lastKey();

    private Migrations() {}

    /** @param name {@code V7__views.sql} is the seventh */
    private record Script(String folder, String name) {
        int version() {
            return Integer.parseInt(name.substring(1, name.indexOf("__")));
        }
    }

    /** @param checksum Flyway's; null of a baseline */
    private record Applied(String script, @Nullable Integer checksum) {}

    /** As Flyway finds them, and Spring would, each of which takes longer than all else that a short command does. */
    private static List<Script> scripts(String vendor) {
        return Stream.of(vendor, COMMON)
                .flatMap(folder -> names(FOLDER + folder + "/").map(name -> new Script(FOLDER + folder + "/", name)))
                .sorted(Comparator.comparingInt(Script::version))
                .toList();
    }

    /** Of the scripts in a folder of the class path, in classes or a jar. */
    private static Stream<String> names(String folder) {
        try {
            var place = Objects.requireNonNull(Migrations.class.getClassLoader().getResource(folder), folder);
            if (place.openConnection() instanceof JarURLConnection jar) {
                return jar.getJarFile().stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.startsWith(folder) && name.endsWith(".sql"))
                        .map(name -> name.substring(folder.length()));
            }
            try (var files = Files.list(Path.of(place.toURI()))) {
                return files.map(file -> file.getFileName().toString()).toList().stream();
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static void migrate(DataSource source, String vendor) {
        flyway(source, vendor).migrate();
    }

    /** To be asked first, since Flyway takes half a second to find that there is nothing to do. */
    static boolean needed(Connection connection) throws SQLException {
        var applied = applied(connection);
        refuseOthers(applied, connection);
        refuseChanged(applied, isEmbedded(connection) ? H2.VENDOR : PostgresDatabase.VENDOR);
        return !applied.keySet().containsAll(OURS.keySet());
    }

    public static Flyway flyway(DataSource source, String vendor) {
        return Flyway.configure()
                .dataSource(source)
                .locations(FOLDER + vendor, FOLDER + COMMON)
                .baselineOnMigrate(true) // a PostgreSQL schema may hold others' tables
                .baselineVersion("0")
                .load();
    }

    /** Whether there is anything to read. */
    static boolean readable(Connection connection) throws SQLException {
        var applied = applied(connection);
        if (applied.isEmpty()) {
            return false;
        }
        refuseOthers(applied, connection);
        if (!applied.keySet().containsAll(OURS.keySet())) {
            throw new UserException("the database is of version " + applied.lastKey() + ", this program of version "
                    + NEWEST + ": the next `igpt run` or `igpt resume` brings it up to date");
        }
        return true;
    }

    /** All tables and views, empty, without Flyway. */
    static void create(Connection connection, String vendor) {
        for (var script : scripts(vendor)) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource(script.folder() + script.name()));
        }
    }

    /** The versions in words, for a test to compare with Flyway's. */
    public static List<String> names() {
        return List.copyOf(OURS.values());
    }

    /** Newer ones, and those from before the first release, whose versions had the same numbers. */
    private static void refuseOthers(TreeMap<Integer, Applied> applied, Connection connection) throws SQLException {
        for (var one : applied.entrySet()) {
            var ours = OURS.get(one.getKey());
            if (ours != null && !ours.equals(one.getValue().script())) {
                throw unreleased(isEmbedded(connection));
            }
        }
        if (!applied.isEmpty() && applied.lastKey() > NEWEST) {
            throw new UserException("the database is of version " + applied.lastKey()
                    + ", this program only of version " + NEWEST + ": use the newer program, or another runs folder");
        }
    }

    /** A script that was edited after it was applied: its tables would be silently those of before. */
    private static void refuseChanged(TreeMap<Integer, Applied> applied, String vendor) {
        for (var script : scripts(vendor)) {
            var then = applied.get(script.version());
            if (then != null && then.checksum() != null && then.checksum() != checksum(script)) {
                throw new UserException("the migration " + script.name() + " was changed after this database had it:"
                        + " undo the change and write a new migration, or give IGPT_RUNS another folder");
            }
        }
    }

    /** Flyway's: over the lines without their ends. */
    private static int checksum(Script script) {
        var crc = new CRC32();
        try (var in = new ClassPathResource(script.folder() + script.name()).getInputStream();
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                crc.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return (int) crc.getValue();
    }

    private static boolean isEmbedded(Connection connection) throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:h2:");
    }

    private static UserException unreleased(boolean embedded) {
        return new UserException("the database was made by a version of the program from before its first release: "
                + (embedded
                        ? "move igpt.mv.db out of the runs folder and keep it"
                        : "set IGPT_DATABASE_URL to an empty one")
                + ", then ./igpt rebuild takes in the runs from their folders");
    }

    /** Empty if nothing was ever migrated. Asks right away, since looking for the table first takes ten times as long. */
    private static TreeMap<Integer, Applied> applied(Connection connection) throws SQLException {
        var applied = new TreeMap<Integer, Applied>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(APPLIED)) {
            while (rows.next()) {
                applied.put(
                        Integer.parseInt(rows.getString(1)),
                        new Applied(rows.getString(2), rows.getObject(3, Integer.class)));
            }
        } catch (SQLException failure) {
            if (!NO_SUCH_TABLE.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
        }
        return applied;
    }
}
