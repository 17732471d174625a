package igpt.image.archive;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The four files of MNIST and its likes, in the spellings that they are found in: {@code train-images-idx3-ubyte.gz}, {@code
 * train-images.idx3-ubyte}, {@code emnist-letters-test-labels-idx1-ubyte}, and each in a folder of its own name, as some
 * programs unpack them.
 *
 * @param prefix {@code emnist-letters}; empty for MNIST's own names
 * @param files by name as MNIST has them: {@link #NAMES}
 */
public record IdxFiles(String prefix, Map<String, Path> files) {
    public static final List<String> NAMES = List.of(
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private static final Pattern NAME = Pattern.compile(
            "(?<prefix>.*?)[-_. ]?(?<split>train|training|t10k|test)[-_. ]?(?<what>images|labels)[-_. ]?idx(?<dimensions>[13])([-_. ]?ubyte)?(\\.gz)?");

    /** Where programs that fetch them put them. */
    private static final Pattern INSIDE = Pattern.compile("raw|gzip|.*mnist.*");

    private static final int DEPTH = 2; // MNIST/raw

    /** A name that is understood. */
    private record Known(String prefix, String name) {}

    /** Files that belong together. */
    private record Key(Path folder, String prefix) {
        @Override
        public String toString() {
            return prefix.isEmpty() ? folder.toString() : prefix;
        }
    }

    /**
     * Null if the folder holds none of the files, nor those inside that their programs make.
     *
     * @throws UserException if one of them is missing, or it is not clear which are meant
     */
    static @Nullable IdxFiles find(Path folder) {
        var found = new LinkedHashMap<Key, Map<String, Path>>();
        var inside = List.of(folder);
        for (int depth = 0; depth <= DEPTH && found.isEmpty(); depth++) {
            inside.forEach(each -> gather(each, found));
            inside = inside.stream()
                    .flatMap(each -> list(each, INSIDE).stream())
                    .filter(Files::isDirectory)
                    .toList();
        }
        if (found.isEmpty()) {
            return null;
        }
        var whole = new ArrayList<Key>(found.keySet());
        whole.removeIf(key -> !found.getOrDefault(key, Map.of()).keySet().containsAll(NAMES));
        if (whole.size() > 1) {
            throw new UserException(
                    "data: %s holds %d datasets in IDX files (%s): move the four files of one into a folder of their own, and give that"
                            .formatted(
                                    folder,
                                    whole.size(),
                                    whole.stream().map(Key::toString).collect(Collectors.joining(", "))));
        }
        if (whole.isEmpty()) {
            var nearest = found.entrySet().stream()
                    .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .orElseThrow();
            throw missing(nearest.getKey(), nearest.getValue());
        }
        var key = whole.get(0);
        return new IdxFiles(key.prefix, Objects.requireNonNull(found.get(key)));
    }

    private static UserException missing(Key key, Map<String, Path> files) {
        var missing = NAMES.stream()
                .filter(name -> !files.containsKey(name))
                .map(name -> named(key.prefix, name))
                .toList();
        return new UserException("data: %s %s missing in %s, gzipped or not: four IDX files make a dataset as MNIST is"
                .formatted(String.join(" and ", missing), missing.size() == 1 ? "is" : "are", key.folder));
    }

    /** As the file of that name is called in its dataset. */
    String named(String name) {
        return named(prefix, name);
    }

    private static String named(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "-" + name.replace("t10k", "test");
    }

    private static void gather(Path folder, Map<Key, Map<String, Path>> found) {
        for (var path : list(folder, NAME)) {
            var known = known(path);
            if (known == null) {
                continue;
            }
            var file = Files.isDirectory(path) ? inFolderOfItsName(path, known) : path;
            if (file != null && Files.isRegularFile(file)) {
                found.computeIfAbsent(new Key(folder, known.prefix), key -> new TreeMap<>())
                        .putIfAbsent(known.name, file);
            }
        }
    }

    private static @Nullable Path inFolderOfItsName(Path folder, Known known) {
        return list(folder, NAME).stream()
                .filter(file -> known.equals(known(file)))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Known known(Path path) {
        var match = NAME.matcher(name(path));
        if (!match.matches()) {
            return null;
        }
        var split = match.group("split").startsWith("train") ? "train" : "t10k";
        var name = "%s-%s-idx%s-ubyte".formatted(split, match.group("what"), match.group("dimensions"));
        return NAMES.contains(name) ? new Known(match.group("prefix"), name) : null;
    }

    private static String name(Path path) {
        return path.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** Those of such a name: there may be a million others. Files before folders, and what is not packed before what is. */
    private static List<Path> list(Path folder, Pattern name) {
        var paths = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(
                folder, path -> name.matcher(name(path)).matches())) {
            all.forEach(paths::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // who looks for images there will say so
        }
        paths.sort(Comparator.comparing((Path path) -> Files.isDirectory(path)).thenComparing(path -> path));
        return paths;
    }
}
