package igpt.image.folder;

import igpt.image.archive.CifarLayout;
import igpt.image.archive.IdxFiles;
import igpt.image.archive.StlFiles;
import igpt.image.decode.ImageKind;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a folder without images may have been meant to be. */
public final class NearMiss {
    private static final int LOOKED_AT = 1000; // names
    private static final double ALIKE = 0.7;

    private NearMiss() {}

    /** The end of a refusal: {@code ; train-imags… is called almost like MNIST's train-images…}; empty if nothing is near. */
    static String of(Path folder) {
        var files = files();
        for (var name : names(folder)) {
            if (name.matches("(?i).*\\.(zip|tar|tgz|tar\\.gz|tar\\.xz|7z|rar)")) {
                return "; unpack " + name
                        + " and give its folder, or give the archive itself if it is CIFAR's or STL-10's official one";
            }
            var near = near(name, files);
            if (near != null) {
                return "; %s is called almost like %s's %s, whose other files are needed too"
                        .formatted(name, files.get(near), near);
            }
        }
        return "";
    }

    /** @throws UserException if a file that was given alone is no archive, as far as its first bytes and its name tell */
    public static void checkFile(Path file) {
        var name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) == 0) {
                throw new UserException("data: " + file + " is empty: get it again, or give another");
            }
            var picture = ImageKind.of(file);
            if (picture != null) {
                throw new UserException("data: %s is a single picture (%s): give its folder".formatted(file, picture));
            }
        } catch (IOException e) {
            throw new UserException("data: cannot read " + file + ": " + e.getMessage(), e);
        }
        if (name.matches("(?i).*\\.(zip|7z|rar|[a-z.]*xz|[a-z.]*bz2|[a-z.]*zst)")) {
            throw new UserException(
                    "data: %s is packed as nothing here reads: unpack it and give its folder".formatted(file));
        }
        var near = name.matches("(?i).*\\.(tar|tgz|tar\\.gz)") ? null : near(name, files());
        if (near != null) {
            throw new UserException("data: %s is called like one of %s's files: give the folder that has them all"
                    .formatted(file, files().get(near)));
        }
    }

    private static @Nullable String near(String name, Map<String, String> files) {
        var plain = name.replaceFirst("\\.gz$", "");
        return files.keySet().stream()
                .filter(known -> alike(plain, known) > ALIKE)
                .max(Comparator.comparingDouble(known -> alike(plain, known)))
                .orElse(null);
    }

    /** Of every format its files, and what it is called. */
    private static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        IdxFiles.NAMES.forEach(name -> files.put(name, "MNIST"));
        CifarLayout.CIFAR_10.batches().forEach(name -> files.put(name, "CIFAR-10"));
        files.put("fine_label_names.txt", "CIFAR-100");
        StlFiles.KNOWN.forEach(name -> files.putIfAbsent(name, "STL-10"));
        files.put(ImageNetTars.TRAIN, "ImageNet");
        return files;
    }

    /** The share of pairs of neighbouring letters that two names have in common, of 1. */
    private static double alike(String one, String other) {
        var pairs = pairs(one);
        int all = pairs.size() + pairs(other).size();
        pairs.retainAll(pairs(other));
        return 2.0 * pairs.size() / Math.max(1, all);
    }

    private static Set<String> pairs(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return IntStream.range(1, lower.length())
                .mapToObj(i -> lower.substring(i - 1, i + 1))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Iterable<String> names(Path folder) {
        var names = new TreeSet<String>();
        try (var all = Files.newDirectoryStream(folder)) {
            for (var path : all) {
                names.add(path.getFileName().toString());
                if (names.size() == LOOKED_AT) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return names;
    }
}
