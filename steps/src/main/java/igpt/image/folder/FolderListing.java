package igpt.image.folder;

import igpt.image.LeftOut;
import igpt.image.decode.ImageKind;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a folder and below it, found in one walk. One thing that cannot be read, a link to nothing for one, keeps
 * nobody from the rest: it is noted with its reason.
 *
 * @param images sorted relative paths, so that every machine sees the same order. Strings, not paths: a path object of its
 *     own for each of a million files is most of a gigabyte
 * @param folders of the upper levels, hidden and foreign ones left out: how many files below each are left out
 * @param odd the files whose path cannot be made out of its text, since their names are no UTF-8
 */
record FolderListing(List<String> images, TreeMap<String, Integer> folders, LeftOut leftOut, Map<String, Path> odd) {
    /** Classes lie no deeper: {@code training_set/training_set/cat}. */
    private static final int UPPER_LEVELS = 3;

    /** @throws UserException if the folder itself cannot be listed, or is empty */
    static FolderListing of(Path root) {
        var walk = new Walk(root);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        } catch (IOException e) {
            throw new UserException("data: cannot list " + root + ": " + explained(e), e);
        }
        if (walk.isEmpty) {
            throw new UserException("data: " + root + " is empty");
        }
        Collections.sort(walk.images);
        return new FolderListing(walk.images, walk.folders, walk.leftOut, walk.odd);
    }

    /** A single picture. */
    static FolderListing of(String image, Path file) {
        return new FolderListing(List.of(image), new TreeMap<>(), new LeftOut(), Map.of(image, file));
    }

    private static String explained(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<String> images = new ArrayList<>();
        private final TreeMap<String, Integer> folders = new TreeMap<>();
        private final LeftOut leftOut = new LeftOut();
        private final Map<String, Path> odd = new HashMap<>();
        private boolean isEmpty = true;
        private @Nullable Path foreign; // the outermost folder that is left out, while the walk is below it
        private String foreignKind = "";

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            isEmpty = false;
            if (foreign == null) {
                var kind = Foreign.folder(fileName(folder));
                if (kind != null) {
                    foreign = folder;
                    foreignKind = kind;
                } else if (depth(folder) <= UPPER_LEVELS) {
                    folders.put(name(folder), 0);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                visitFileFailed(folder, failure);
            }
            if (folder.equals(foreign)) {
                foreign = null;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            isEmpty = false;
            var name = fileName(file);
            if (foreign != null) {
                if (ImageKind.named(name) != null) {
                    leave(file, foreignKind);
                }
                return FileVisitResult.CONTINUE;
            }
            var kind = Foreign.file(name);
            if (kind != null) {
                leave(file, kind);
            } else if (attributes.isRegularFile()) {
                take(file, name);
            } else if (mayBeImage(name)) {
                skip(file, attributes.isSymbolicLink() ? "a link to nothing" : "a pipe, socket or device, not a file");
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean mayBeImage(String name) {
            return name.lastIndexOf('.') <= 0 || ImageKind.named(name) != null;
        }

        /** Only what does not call itself an image that is read is opened: a million files are not, to be listed. */
        private void take(Path file, String name) {
            var named = ImageKind.named(name);
            if (named != null && named.isRead()) {
                images.add(name(file));
                return;
            }
            try {
                var kind = ImageKind.of(file);
                if (kind != null && kind.isRead()) {
                    images.add(name(file));
                } else if (kind != null || named != null) {
                    leave(file, Objects.requireNonNullElse(kind, named) + " files");
                } else {
                    leave(file, Foreign.other(name));
                }
            } catch (IOException e) {
                if (mayBeImage(name)) {
                    skip(file, "cannot be read: " + explained(e));
                }
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            isEmpty = false;
            if (foreign == null && Foreign.folder(fileName(file)) == null) {
                skip(file, reason(failure));
            }
            return FileVisitResult.CONTINUE;
        }

        private static String reason(IOException failure) {
            if (failure instanceof FileSystemLoopException) {
                return "a link to a folder that it lies in";
            }
            return failure instanceof NoSuchFileException ? "gone" : "cannot be listed: " + explained(failure);
        }

        private void leave(Path file, String kind) {
            leftOut.count(kind);
            countAbove(file);
        }

        private void skip(Path file, String reason) {
            leftOut.skip(name(file), reason);
            countAbove(file);
        }

        private void countAbove(Path file) {
            var name = name(file);
            int level = 1;
            for (int end = name.indexOf('/'); end >= 0 && level <= UPPER_LEVELS; end = name.indexOf('/', end + 1)) {
                folders.computeIfPresent(name.substring(0, end), (folder, files) -> files + 1);
                level++;
            }
        }

        private int depth(Path file) {
            return file.getNameCount() - root.getNameCount();
        }

        private String name(Path file) {
            var relative = root.relativize(file);
            var name = relative.toString();
            if (name.indexOf(FileNames.UNKNOWN) >= 0) {
                name = FileNames.text(relative);
                odd.put(name, file);
            }
            return name;
        }

        private static String fileName(Path file) {
            return file.getFileName().toString();
        }
    }
}
