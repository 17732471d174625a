package igpt.schema.db;

import igpt.schema.lock.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FileUtils;

/**
 * A copy of the embedded file as it was at one instant, for asking: whoever asks does so in their own process and their
 * own memory, so that no question can lock, slow down or use up anything of the job that has the file. It needs no
 * answer from that process, which may be suspended, and no lock that would keep one from starting.
 */
final class Snapshot implements AutoCloseable {

    /** A database in memory leaves nothing behind and needs no room on a full disk; larger ones go to a file. */
    private static final long MOST_IN_MEMORY = 256L << 20;

    private static final int BLOCK = 1 << 20;

    /** A job commits every few seconds, and two passes take milliseconds; on a machine that is busy this may not have a turn. */
    private static final long COPY_NANOS = 30_000_000_000L;

    private final String path; // of H2's file systems

    private Snapshot(String path) {
        this.path = path;
    }

    /**
     * @throws IOException if there is no such file, or it is written to without a pause
     */
    static Snapshot of(Path file) throws IOException {
        var snapshot = place(Files.size(file));
        try (var from = FileChannel.open(file, StandardOpenOption.READ);
                var to = FilePath.get(snapshot.path).open("rw")) {
            copyStill(from, to);
            return snapshot;
        } catch (IOException | RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
    }

    /** Of a database that this very process has open: were its file opened again, the system would take H2's lock away. */
    static Snapshot ofOwn(Path runs) throws IOException, SQLException {
        var snapshot = place(0);
        var zip = "nioMemFS:igpt-" + UUID.randomUUID() + ".zip";
        try (var owner = DriverManager.getConnection(H2.url(runs), H2.OWNER, "");
                var backup = owner.prepareStatement("backup to ?")) {
            backup.setString(1, zip);
            backup.execute();
            try (var entries = new ZipInputStream(FileUtils.newInputStream(zip))) {
                for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    if (entry.getName().endsWith(H2.SUFFIX)) {
                        try (var to = FileUtils.newOutputStream(snapshot.path, false)) {
                            entries.transferTo(to);
                        }
                    }
                }
            }
            return snapshot;
        } catch (IOException | SQLException | RuntimeException failure) {
            snapshot.close();
            throw failure;
        } finally {
            FileUtils.tryDelete(zip);
        }
    }

    /**
     * Copies until a whole pass has met nothing that changed since the pass before. Every byte was then the same at the
     * end of that pass's predecessor, so that the copy is the file of that instant. H2 alone, which writes over what it
     * no longer needs, could not put a copy right whose parts are of different instants.
     */
    private static void copyStill(FileChannel from, FileChannel to) throws IOException {
        var patience = new Patience(COPY_NANOS);
        while (pass(from, to)) {
            if (!patience.lasts()) {
                throw new IOException("it is written to without a pause: try again");
            }
        }
    }

    /** @return whether anything differed */
    private static boolean pass(FileChannel from, FileChannel to) throws IOException {
        var there = ByteBuffer.allocateDirect(BLOCK);
        var here = ByteBuffer.allocateDirect(BLOCK);
        boolean differed = false;
        long position = 0;
        while (fill(from, there, position)) {
            fill(to, here, position);
            if (!there.equals(here)) {
                differed = true;
                write(to, there.duplicate(), position);
            }
            position += there.limit();
        }
        if (to.size() != position) {
            differed = true;
            to.truncate(position);
        }
        return differed;
    }

    /** @return false at the end of the file */
    private static boolean fill(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // A read may give less than was asked for.
        }
        buffer.flip();
        return buffer.hasRemaining();
    }

    private static void write(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    private static Snapshot place(long size) throws IOException {
        if (size <= MOST_IN_MEMORY) {
            return new Snapshot("nioMemFS:igpt-" + UUID.randomUUID() + H2.SUFFIX);
        }
        return new Snapshot(Files.createTempFile("igpt-", H2.SUFFIX).toString()); // its owner's alone
    }

    /** Nothing can be written to it, so that a question that tries to fails, and needs no temporary files. */
    String url() {
        return H2.reading(path);
    }

    /** H2 has it open to the last connection's end, and needs its name no more. */
    @Override
    public void close() {
        FileUtils.tryDelete(path);
    }
}
