package igpt.testjobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL of a test's own, to be restarted: as {@code .ci/run} starts one. */
public final class PrivatePostgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final int PATIENCE_SECONDS = 120;

    private final Path bin;
    private final Path folder;
    private final int port;

    private PrivatePostgres(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /** The newest installed; empty if there is none. */
    public static Optional<Path> installed() throws IOException {
        if (!Files.isDirectory(INSTALLED)) return Optional.empty();
        try (var versions = Files.list(INSTALLED)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(version ->
                            Integer.parseInt(version.getFileName().toString().replaceAll("\\D.*", ""))))
                    .map(version -> version.resolve("bin"));
        }
    }

    public static PrivatePostgres start(Path bin) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("igpt-postgres");
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var server = new PrivatePostgres(bin, folder, port);
        if (isRoot()) server.run(List.of("chown", "postgres:", folder.toString()));
        server.asOwner("initdb", "-D", server.data(), "-U", "igpt", "-A", "trust", "-E", "UTF8", "--locale=C");
        server.begin();
        server.asOwner("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "igpt", "igpt");
        return server;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/igpt?user=igpt";
    }

    /** @param mode {@code immediate}, as if it had crashed, or {@code fast} */
    public void restart(String mode) throws IOException, InterruptedException {
        asOwner("pg_ctl", "-D", data(), "-m", mode, "-s", "-w", "stop");
        begin();
    }

    /** Ends all sessions but the one that does so. */
    public void endSessions() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }

    public void createSchema(String name) throws SQLException {
        execute("create schema " + name);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void begin() throws IOException, InterruptedException {
        var options = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c fsync=off"
                .formatted(port, folder);
        asOwner("pg_ctl", "-D", data(), "-l", folder.resolve("log").toString(), "-s", "-w", "-o", options, "start");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** The server refuses to run as root. */
    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void asOwner(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile("igpt-postgres", ".txt");
        try {
            var process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        asOwner("pg_ctl", "-D", data(), "-m", "immediate", "-s", "-w", "stop");
        FileSystemUtils.deleteRecursively(folder);
    }
}
