package igpt.schema.db;

import igpt.schema.UserException;
import igpt.schema.query.UserZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The versions of the database. Only a job migrates; who only asks must find the version they know. */
public final class Migrations {

    /** In order; the last is this program's version. A test compares it with what Flyway finds. */
    private static final List<String> SCRIPTS = List.of(
            "VENDOR/V1__spring_batch.sql",
            "common/V2__artifacts.sql",
            "VENDOR/V3__run_holder.sql",
            "common/V4__views.sql",
            "VENDOR/V5__kinds.sql",
            "common/V6__models.sql",
            "VENDOR/V7__concatenations_and_masks.sql",
            "common/V8__probes.sql",
            "common/V9__children.sql",
            "common/V10__classifiers.sql",
            "common/V11__bench.sql",
            "common/V12__lowdata_summary.sql",
            "common/V13__runs_folder.sql",
            "VENDOR/V15__holder_birth.sql",
            "common/V16__newest_artifacts.sql",
            "common/V17__dataset_classes.sql",
            "common/V18__findings.sql",
            "common/V19__runtime.sql",
            "VENDOR/V22__instants.sql");

    public static final int NEWEST = version(SCRIPTS.get(SCRIPTS.size() - 1));

    private static final String VERSION =
            "select max(cast(\"version\" as integer)) from \"flyway_schema_history\" where \"success\"";

    /** H2's and PostgreSQL's. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42S02", "42S04", "42P01");

    private Migrations() {}

    /** @param source of connections that are used for nothing else: they are in the user's time zone */
    static void migrate(DataSource source, String vendor) {
        flyway(source, vendor).migrate();
    }

    /** To be asked first, since Flyway takes half a second to find that there is nothing to do. */
    static boolean needed(Connection connection) throws SQLException {
        var version = version(connection).orElse(0);
        refuseNewer(version);
        return version < NEWEST;
    }

    public static Flyway flyway(DataSource source, String vendor) {
        return Flyway.configure()
                .dataSource(source)
                .locations("db/migration/" + vendor, "db/migration/common")
                .baselineOnMigrate(true) // a PostgreSQL schema may hold others' tables
                .baselineVersion("0")
                .initSql(UserZone.sql()) // in which earlier versions wrote times
                .load();
    }

    /** Whether there is anything to read. */
    static boolean readable(Connection connection) throws SQLException {
        var version = version(connection);
        if (version.isEmpty()) {
            return false;
        }
        refuseNewer(version.getAsInt());
        if (version.getAsInt() < NEWEST) {
            throw new UserException("the database is of version " + version.getAsInt() + ", this program of version "
                    + NEWEST + ": the next `igpt run` or `igpt resume` brings it up to date");
        }
        return true;
    }

    /** All tables and views, empty, without Flyway. */
    static void create(Connection connection, String vendor) {
        for (var script : scripts(vendor)) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/migration/" + script));
        }
    }

    public static List<String> scripts(String vendor) {
        return SCRIPTS.stream().map(script -> script.replace("VENDOR", vendor)).toList();
    }

    /** {@code common/V12__lowdata_summary.sql} is 12; numbers may have gaps. */
    private static int version(String script) {
        return Integer.parseInt(script.replaceAll(".*/V(\\d+)__.*", "$1"));
    }

    private static void refuseNewer(int version) {
        if (version > NEWEST) {
            throw new UserException("the database is of version " + version + ", this program only of version " + NEWEST
                    + ": use the newer program, or another runs folder");
        }
    }

    /** Empty if nothing was ever migrated. Asks right away, since looking for the table first takes ten times as long. */
    private static OptionalInt version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(VERSION)) {
            row.next();
            var version = row.getInt(1);
            return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(version);
        } catch (SQLException failure) {
            if (NO_SUCH_TABLE.contains(String.valueOf(failure.getSQLState()))) {
                return OptionalInt.empty();
            }
            throw failure;
        }
    }
}
