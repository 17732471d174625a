package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.H2;
import igpt.schema.lock.Holder;
import igpt.schema.lock.HolderFile;
import igpt.schema.lock.ProcessBirth;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to the embedded file. */
class EmbeddedTest {

    private final Path folder;

    EmbeddedTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whereThereIsNoDatabaseItReadsAsEmptyAndLeavesNothing() throws Exception {
        var runs = folder.resolve("runs");
        try (var database = Database.forReading(DatabaseSettings.embedded(runs))) {
            var history = new RunHistory(database);
            assertThat(history.runs(RunFilter.ALL)).isEmpty();
            assertThat(history.run(1)).isEmpty();
            assertThat(history.query("select * from run_history").rows()).isEmpty();
            assertThat(database.holder(1)).isEmpty();
        }
        assertThat(runs).doesNotExist();
    }

    /** A copy of the file is what a kill would leave. Holes in it, which H2 fills again, come with many openings. */
    @Test
    void everyCommitIsInTheFile() throws Exception {
        var copy = folder.resolve("copy.mv.db");
        var random = new Random(1);
        for (int opening = 0; opening < 40; opening++) {
            try (var connection = DriverManager.getConnection(H2.url(folder), H2.OWNER, "");
                    var statement = connection.createStatement()) {
                statement.execute(
                        "create table if not exists growing (number bigint auto_increment primary key, text varchar)");
                connection.setAutoCommit(false);
                int commits = random.nextInt(120);
                for (int commit = 0; commit < commits; commit++) {
                    statement.executeUpdate(
                            "insert into growing (text) values ('" + "x".repeat(random.nextInt(1500)) + "')");
                    if (random.nextInt(3) == 0) {
                        statement.executeUpdate(
                                "delete from growing where number < (select max(number) from growing) - 200");
                    }
                    connection.commit();
                    Files.copy(H2.file(folder), copy, StandardCopyOption.REPLACE_EXISTING);
                    assertThat(newest(H2.url(folder)))
                            .as("opening %d, commit %d", opening, commit)
                            .isEqualTo(newest("jdbc:h2:file:" + folder.resolve("copy") + ";ACCESS_MODE_DATA=r"));
                }
            }
        }
    }

    private static long newest(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url, H2.OWNER, "");
                var statement = connection.createStatement();
                var newest = statement.executeQuery("select max(number) from growing")) {
            newest.next();
            return newest.getLong(1);
        }
    }

    /** As a kill or a full disk leaves it. */
    @Test
    void anEmptyFileReadsAsEmpty() throws Exception {
        Files.createFile(H2.file(folder));
        try (var database = Database.forReading(settings())) {
            assertThat(new RunHistory(database).runs(RunFilter.ALL)).isEmpty();
        }
    }

    @Test
    void readingChangesNoFile() throws Exception {
        Database.forJob(settings()).close();
        var before = files();
        var bytes = Files.readAllBytes(H2.file(folder));
        try (var database = Database.forReading(settings())) {
            assertThat(new RunHistory(database).runs(RunFilter.ALL)).isEmpty();
        }
        assertThat(files()).isEqualTo(before).containsExactly("igpt.id", "igpt.mv.db");
        assertThat(Files.readAllBytes(H2.file(folder))).isEqualTo(bytes);
    }

    @Test
    void itsFilesAreReadByTheirOwnerAlone() throws Exception {
        var older = DriverManager.getConnection(H2.url(folder), H2.OWNER, "");
        older.close();
        Files.setPosixFilePermissions(H2.file(folder), PosixFilePermissions.fromString("rw-r--r--"));
        try (var job = Database.forJob(settings())) {
            assertThat(job.holder(1)).isEmpty();
            job.backup();
            for (var file : List.of("igpt.holder", "igpt.mv.db", "igpt.backup.zip")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
            assertThat(files()).containsExactly("igpt.backup.zip", "igpt.holder", "igpt.id", "igpt.mv.db");
        }
        assertThat(files()).containsExactly("igpt.backup.zip", "igpt.id", "igpt.mv.db");
    }

    @Test
    void nobodyListensForReadersOfARunningJob() throws Exception {
        var before = listening();
        try (var job = Database.forJob(settings());
                var reader = Database.forReading(settings())) {
            assertThat(new RunHistory(reader).runs(RunFilter.ALL)).isEmpty();
            assertThat(listening()).isEqualTo(before);
            assertThat(job.holder(1)).isEmpty();
        }
    }

    @Test
    void readersOfARunningJobCanChangeNothing() throws Exception {
        try (var job = Database.forJob(settings());
                var reader = Database.forReading(settings())) {
            assertThat(job.holder(1)).isEmpty();
            for (var sql : new String[] {
                "delete from metric",
                "create table mine (x integer)",
                "shutdown",
                "alter user reader admin true",
                "call csvwrite('" + folder.resolve("stolen") + "', 'select 1')",
                "select file_write('x', '" + folder.resolve("stolen") + "')"
            }) {
                assertThatThrownBy(() -> reader.jdbc().sql(sql).update())
                        .as(sql)
                        .isNotNull();
            }
            assertThat(folder.resolve("stolen")).doesNotExist();
            assertThatIllegalStateException().isThrownBy(() -> reader.lock(1));
        }
    }

    /** Sockets of this machine that wait for connections; others' come and go, so only those of this process. */
    private static Set<String> listening() throws IOException {
        var ours = new HashSet<String>();
        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            for (var handle : (Iterable<Path>) handles::iterator) {
                if (Files.exists(handle, LinkOption.NOFOLLOW_LINKS)) {
                    ours.add(Files.readSymbolicLink(handle).toString());
                }
            }
        }
        var found = new HashSet<String>();
        for (var table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
            for (var line : Files.readAllLines(Path.of(table))) {
                var fields = line.strip().split(" +");
                if (fields[3].equals("0A") && ours.contains("socket:[" + fields[9] + "]")) {
                    found.add(fields[1]);
                }
            }
        }
        return found;
    }

    @Test
    void aHolderWhoIsGoneIsNotBelievedNorAProcessThatOnlyHasItsNumber() throws Exception {
        Database.forJob(settings()).close();
        var self = Holder.self();
        var recycled = new Holder(self.pid(), self.host(), self.started(), recycled(self));
        assertThat(self.alive()).isTrue();
        assertThat(recycled.alive()).isFalse();
        assertThat(recycled.here()).isTrue();
        assertThat(new Holder(self.pid(), "elsewhere", self.started(), "other boot 5").alive())
                .isFalse();

        HolderFile.write(H2.holder(folder), recycled);
        try (var reader = Database.forReading(settings())) {
            assertThat(reader.holder(1)).isEmpty();
        }
        Files.writeString(H2.holder(folder), "damaged");
        Database.forReading(settings()).close();
        Database.forJob(settings()).close();
        assertThat(files()).containsExactly("igpt.id", "igpt.mv.db");
    }

    @Test
    void aKillInTheMiddleOfAMigrationLeavesNothingInTheWay() throws Exception {
        DriverManager.getConnection(H2.url(folder), H2.OWNER, "").close();
        Files.writeString(folder.resolve("igpt.upgrade.mv.db"), "half of it");
        Files.writeString(folder.resolve("igpt.upgrade.zip"), "half of it");
        Files.writeString(folder.resolve("igpt.mv.db.tmp"), "half of it");
        try (var reader = Database.forReading(settings())) {
            assertThat(new RunHistory(reader).runs(RunFilter.ALL)).isEmpty();
        }
        try (var job = Database.forJob(settings())) {
            assertThat(new RunHistory(job).runs(RunFilter.ALL)).isEmpty();
        }
        assertThat(files()).containsExactly("igpt.id", "igpt.mv.db");
    }

    @Test
    void aProcessOpensItOnce() {
        try (var job = Database.forJob(settings())) {
            assertThatIllegalStateException().isThrownBy(() -> Database.forJob(settings()));
            assertThat(new RunHistory(job).runs(RunFilter.ALL)).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInOneLine() throws Exception {
        Files.writeString(H2.file(folder), "not a database ".repeat(1000));
        assertThatThrownBy(() -> Database.forJob(settings()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is damaged: ./igpt rebuild")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Database.forReading(settings())).hasMessageContaining("is damaged: ./igpt rebuild");
    }

    @Test
    void whoAsksWhileAProcessMakesTheDatabaseWaitsForIt() throws Exception {
        Database.forJob(settings()).close();
        byte[] whole = Files.readAllBytes(H2.file(folder));
        Files.write(H2.file(folder), Arrays.copyOf(whole, whole.length / 3));
        var made = CompletableFuture.runAsync(
                () -> {
                    try {
                        Files.write(H2.file(folder), whole);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        try (var reader = Database.forReading(settings())) {
            assertThat(reader.holder(1)).isEmpty();
        }
        made.join();
    }

    @Test
    void aRunsFolderThatCannotBeMadeIsRefusedInOneLine() throws Exception {
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Database.forJob(DatabaseSettings.embedded(folder.resolve("file/runs"))))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the runs folder cannot be")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFullDiskIsExplained() {
        var failure = new IllegalStateException(
                "step failed", new SQLException("IO Exception", new IOException("No space left on device")));
        assertThat(Database.explain(failure).orElseThrow()).hasMessageContaining("the disk is full");
        assertThat(Database.explain(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void anotherDatabasesUrlIsRefused() {
        assertThatThrownBy(() -> new DatabaseSettings(folder, "jdbc:mysql://x/y", null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("jdbc:postgresql://");
        assertThatThrownBy(() -> Database.forReading(
                        new DatabaseSettings(folder, "jdbc:postgresql://127.0.0.1:1/igpt?password=secret", null, null)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot use the database jdbc:postgresql://127.0.0.1:1/igpt")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aProcessBeganBeforeItAsks() {
        assertThat(Holder.self().started()).isBetween(Instant.EPOCH.plusSeconds(1), Instant.now());
    }

    private static String recycled(Holder holder) {
        var birth = ProcessBirth.parse(String.valueOf(holder.birth())).orElseThrow();
        return new ProcessBirth(birth.place(), birth.ticks() - 1).toString();
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.embedded(folder);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
