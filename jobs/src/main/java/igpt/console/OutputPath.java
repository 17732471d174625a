package igpt.console;

import igpt.config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a user wants something written: looked at before the work, not after it. A folder is made where there is none, with
 * those that it lies in; a file goes into a folder that is there, since one that is not is mostly a slip of the pen.
 */
public final class OutputPath {
    private OutputPath() {}

    /** @throws UsageException if no file can stand there, or its folder does not exist */
    public static Path file(String option, Path given) {
        var file = given.toAbsolutePath().normalize();
        if (Files.isDirectory(file)) {
            throw refused(option, given, "it is a folder; give a file's name");
        }
        var folder = file.getParent();
        if (folder == null) {
            throw refused(option, given, "it is no file's name");
        }
        if (!Files.exists(folder)) {
            throw refused(option, given, folder + " is not there; make it, or give another");
        }
        check(option, given, folder);
        return file;
    }

    /** @throws UsageException if no folder can stand there */
    public static Path folder(String option, Path given) {
        var folder = given.toAbsolutePath().normalize();
        check(option, given, folder);
        return folder;
    }

    /** A folder may have to be made: what it is made in must be a folder that may be written. */
    private static void check(String option, Path given, Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            throw refused(option, given, (there == null ? folder : there) + " is not a folder");
        }
        if (!Files.isWritable(there)) {
            throw refused(option, given, there + " may not be written");
        }
    }

    private static UsageException refused(String option, Path given, String why) {
        return new UsageException(option + " cannot be '" + given + "': " + why);
    }
}
