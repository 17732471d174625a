package igpt.schema;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.H2;
import igpt.schema.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** An empty place for one test's database: a folder for H2, a schema for PostgreSQL. */
public final class TestDatabase implements AutoCloseable {

    public interface Opener {
        TestDatabase open();
    }

    private static final @Nullable String POSTGRES =
            System.getProperty("IGPT_TEST_POSTGRES", System.getenv("IGPT_TEST_POSTGRES"));

    private final Path folder;
    private final @Nullable String schema;
    private final DatabaseSettings settings;
    private @Nullable Database database;

    private TestDatabase(@Nullable String schema) {
        try {
            folder = Files.createTempDirectory("igpt");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        this.schema = schema;
        settings =
                new DatabaseSettings(folder, schema == null ? null : POSTGRES + "&currentSchema=" + schema, null, null);
    }

    /** Both databases, one test class each. */
    static Stream<Named<Opener>> each() {
        return Stream.of(Named.of("H2", TestDatabase::h2), Named.of("PostgreSQL", TestDatabase::postgres));
    }

    public static TestDatabase h2() {
        return new TestDatabase(null);
    }

    static TestDatabase postgres() {
        Assumptions.assumeTrue(
                POSTGRES != null,
                "no PostgreSQL to test with: give its JDBC URL as IGPT_TEST_POSTGRES, or use .ci/run");
        var schema = "test_" + UUID.randomUUID().toString().replace("-", "");
        postgres("create schema " + schema);
        return new TestDatabase(schema);
    }

    private static void postgres(String sql) {
        try (var connection = DriverManager.getConnection(String.valueOf(POSTGRES))) {
            connection.createStatement().execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public DatabaseSettings settings() {
        return settings;
    }

    public Path folder() {
        return folder;
    }

    /** Opened for a job, the first time it is asked for. */
    public Database database() {
        if (database == null) {
            database = Database.forJob(settings);
        }
        return database;
    }

    public JdbcClient jdbc() {
        return database().jdbc();
    }

    /** A new attempt at a run, as Spring Batch would write it. */
    static long attempt(JdbcClient jdbc, long run, String job) {
        if (jdbc.sql("select job_instance_id from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(Long.class)
                .list()
                .isEmpty()) {
            jdbc.sql("insert into batch_job_instance values (?, 0, ?, ?)")
                    .params(run, job, "key" + run)
                    .update();
        }
        var id = jdbc.sql("select nextval('batch_job_execution_seq')")
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into batch_job_execution
                            (job_execution_id, version, job_instance_id, create_time, start_time, status)
                        values (?, 0, ?, localtimestamp, localtimestamp, 'STARTED')
                        """)
                .params(id, run)
                .update();
        return id;
    }

    long attempt(long run, String job) {
        return attempt(jdbc(), run, job);
    }

    /** Past the program: as another version of it would leave things. */
    void sql(String... statements) {
        var h2 = schema == null;
        try (var connection = h2
                ? DriverManager.getConnection(H2.url(folder), H2.OWNER, "")
                : DriverManager.getConnection(String.valueOf(settings.url()))) {
            for (var statement : statements) {
                connection.createStatement().execute(statement);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** As an older version of the program would leave it, empty. */
    void migrateTo(int version) {
        var source = schema == null
                ? new DriverManagerDataSource(H2.url(folder), H2.OWNER, "")
                : new DriverManagerDataSource(String.valueOf(settings.url()));
        var newest = Migrations.flyway(source, schema == null ? "h2" : "postgresql");
        Flyway.configure()
                .configuration(newest.getConfiguration())
                .target(version + "?") // or the one before, where none has that number
                .load()
                .migrate();
        if (schema == null) {
            sql(
                    "create user if not exists " + H2.READER + " password '" + H2.READER + "'",
                    "grant select on schema public to " + H2.READER);
        }
    }

    /** The folder stays, its database goes: H2's file is moved away, PostgreSQL's schema emptied. */
    void emptied() throws IOException {
        closeDatabase();
        if (schema == null) {
            Files.move(H2.file(folder), folder.resolve("kept.mv.db"));
        } else {
            postgres("drop schema " + schema + " cascade");
            postgres("create schema " + schema);
        }
    }

    void closeDatabase() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    public void close() {
        closeDatabase();
        if (schema != null) {
            postgres("drop schema " + schema + " cascade");
        }
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
