package igpt.fetch;

import igpt.console.Console;
import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Brings an archive to a folder. Until it is whole and its checksum is the published one it is called {@code NAME.part};
 * what broke off is resumed.
 */
public final class Fetch {
    private Fetch() {}

    /**
     * @return the archive
     * @throws UserException if it cannot be had
     */
    public static Path to(Path folder, Archive archive, Console console) throws IOException, InterruptedException {
        var target = folder.resolve(archive.fileName());
        if (Files.exists(target)) {
            if (Checksums.md5(target).equals(archive.md5())) {
                console.out().println(target + " is there already, its checksum is the published one");
                return target;
            }
            throw new UserException(
                    target
                            + " is there already, and is not what was published: move it away, or give another folder with --to");
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserException("cannot make the folder " + folder + ": give another with --to", e);
        }
        try (var file = open(part)) {
            lock(file, part);
            var download = new Download(archive.address(), part, file, console);
            try {
                download.run();
            } finally {
                if (file.size() == 0) {
                    Files.delete(part);
                }
            }
            file.force(true);
            check(archive, part, download);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            download.forget();
        }
        console.out().println("%s: %,d bytes, the checksum is the published one".formatted(target, Files.size(target)));
        return target;
    }

    private static FileChannel open(Path part) {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UserException("cannot write " + part + ": give another folder with --to", e);
        }
    }

    /** Held as long as the channel is open. */
    private static void lock(FileChannel file, Path part) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) { // this process holds it
        }
        throw new UserException("another igpt fetch is writing " + part + ": wait for it");
    }

    private static void check(Archive archive, Path part, Download download) throws IOException {
        var md5 = Checksums.md5(part);
        if (!md5.equals(archive.md5())) {
            Files.delete(part);
            download.forget();
            throw new UserException(
                    "what " + archive.address() + " gives is not what was published: its MD5 is " + md5 + ", not "
                            + archive.md5() + "; it is deleted: fetch it again, or give another address with --from");
        }
    }
}
