package igpt.schema.db;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.zip.ZipInputStream;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Brings the embedded file to this program's version: a copy is migrated and takes the file's place. H2 does not take
 * back half a migration, so that a kill in the middle would spoil the file itself.
 */
final class EmbeddedUpgrade {

    private EmbeddedUpgrade() {}

    /** The connection then has a file that is no longer there: the new one is to be opened. */
    static void run(Path runs, Connection exclusive) throws SQLException, IOException {
        var copy = runs.resolve("igpt.upgrade.mv.db");
        try {
            copy(exclusive, runs, runs.resolve("igpt.upgrade.zip"), copy);
            migrate(runs.resolve("igpt.upgrade"));
            AtomicFiles.write(H2.file(runs), temporary -> Files.move(copy, temporary));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void copy(Connection exclusive, Path runs, Path zip, Path copy) throws SQLException, IOException {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(zip);
        OwnerOnly.create(zip);
        try {
            H2.backup(exclusive, runs, zip);
            try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
                for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().endsWith(H2.SUFFIX)) {
                        OwnerOnly.create(copy);
                        try (var to = Files.newOutputStream(copy)) {
                            entries.transferTo(to);
                        }
                    }
                }
            }
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static void migrate(Path database) throws SQLException {
        try (var connection =
                DriverManager.getConnection("jdbc:h2:file:" + database + ";TRACE_LEVEL_FILE=0", H2.OWNER, "")) {
            Migrations.migrate(new SingleConnectionDataSource(connection, true), H2.VENDOR);
            try (var statement = connection.createStatement()) {
                H2.addReader(statement);
            }
        }
    }
}
