package igpt.image;

import igpt.schema.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What stands in a folder, hidden things left out; sorted by name, so that every machine sees the same order. */
final class FolderListing {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");

    private FolderListing() {}

    static boolean isEmpty(Path folder) {
        return list(folder, 1, path -> true).isEmpty();
    }

    static List<String> folders(Path folder) {
        return list(folder, 1, Files::isDirectory);
    }

    /** Files in the folder that are called like images. What they are is seen when they are read. */
    static List<String> images(Path folder) {
        return list(folder, 1, FolderListing::isImage);
    }

    /** The same of all folders below too, as relative paths. */
    static List<String> imagesBelow(Path folder) {
        return list(folder, Integer.MAX_VALUE, FolderListing::isImage);
    }

    private static boolean isImage(Path path) {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && !Files.isDirectory(path);
    }

    /** Strings, not paths: a path object of its own for each of a million files is most of a gigabyte. */
    private static List<String> list(Path folder, int depth, Predicate<Path> wanted) {
        try (var paths = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(path -> !path.equals(folder)
                            && !path.getFileName().toString().startsWith(".")
                            && wanted.test(path))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("data: cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
