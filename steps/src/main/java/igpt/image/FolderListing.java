package igpt.image;

import igpt.schema.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/** What stands in a folder, hidden things left out; sorted by name, so that every machine sees the same order. */
final class FolderListing {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");

    private FolderListing() {}

    static boolean isEmpty(Path folder) {
        return list(folder, 1, (path, attributes) -> true).isEmpty();
    }

    static List<String> folders(Path folder) {
        return list(folder, 1, (path, attributes) -> attributes.isDirectory());
    }

    /** Files in the folder that are called like images. What they are is seen when they are read. */
    static List<String> images(Path folder) {
        return list(folder, 1, FolderListing::isImage);
    }

    /** The same of all folders below too, as relative paths. */
    static List<String> imagesBelow(Path folder) {
        return list(folder, Integer.MAX_VALUE, FolderListing::isImage);
    }

    private static boolean isImage(Path path, BasicFileAttributes attributes) {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && !attributes.isDirectory();
    }

    /** Strings, not paths: a path object of its own for each of a million files is most of a gigabyte. */
    private static List<String> list(Path folder, int depth, BiPredicate<Path, BasicFileAttributes> wanted) {
        try (var paths = Files.find(folder, depth, wanted, FileVisitOption.FOLLOW_LINKS)) {
            return paths.map(path -> folder.relativize(path).toString())
                    .filter(name -> !name.isEmpty() && !name.startsWith(".") && !name.contains("/."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserException("data: cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
