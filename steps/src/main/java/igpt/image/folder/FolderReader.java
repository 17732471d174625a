package igpt.image.folder;

import igpt.image.Labels;
import igpt.image.LeftOut;
import igpt.image.Split;
import igpt.image.folder.FolderLayout.Labelled;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a folder is laid out:
 *
 * <ul>
 *   <li>{@code train/CLASS/…} with {@code test/CLASS/…} and, for validation, {@code val/CLASS/…}, in whatever spelling
 *       ({@link SplitNames}). With one of the two it is the test images, as {@code val} is ImageNet's;
 *   <li>{@code train/CLASS/…} alone, or {@code CLASS/…}: every tenth image is held out for testing;
 *   <li>images directly in the folder (or in those of the splits): the same without labels.
 * </ul>
 */
final class FolderReader {
    private static final Set<String> USUAL = Set.of("train", "test", "val", "valid", "validation");

    private final Path root;
    private final FolderListing listing;
    private final LeftOut leftOut;
    private boolean isUsual = true;

    /**
     * @param usual whether it is laid out as the first version knew it: then its images and their classes alone tell what
     *     the dataset will be
     */
    record Found(FolderLayout layout, FolderListing listing, boolean usual) {}

    /** A folder of class folders, or of images. */
    private record Part(String folder, List<String> classes, List<Labelled> images) {
        boolean hasClasses() {
            return !classes.isEmpty();
        }
    }

    private FolderReader(Path root) {
        this.root = root;
        listing = FolderListing.of(root);
        leftOut = listing.leftOut();
    }

    static Found read(Path root, Labels labels) {
        var reader = new FolderReader(root);
        var layout = reader.layout(labels);
        return new Found(layout, reader.listing, reader.isUsual);
    }

    private FolderLayout layout(Labels labels) {
        var top = byFolder("", listing.images());
        var splits = labels == Labels.FOLDERS ? noSplits(top) : splits(top, labels);
        if (splits.isEmpty()) {
            if (labels == Labels.NONE) {
                return FolderLayout.holdOut(List.of(), unlabelled(listing.images()), root);
            }
            if (labels != Labels.FOLDERS) {
                refuseNestedDataset();
                refuseUnknownSplits(top);
            }
            var all = part("", listing.images(), null);
            return FolderLayout.holdOut(all.classes, all.images, root);
        }
        countOthers(top, splits);
        isUsual = USUAL.containsAll(splits.values());
        return labels == Labels.NONE ? unlabelled(top, splits) : labelled(top, splits);
    }

    /** By the folder that they lie in below the prefix; without one, under the empty name. */
    private static TreeMap<String, List<String>> byFolder(String prefix, List<String> images) {
        return images.stream()
                .collect(Collectors.groupingBy(
                        image -> {
                            int end = image.indexOf('/', prefix.length());
                            return end < 0 ? "" : image.substring(prefix.length(), end);
                        },
                        TreeMap::new,
                        Collectors.toList()));
    }

    /** The folders of the splits by what they hold; empty if there is none of training images. */
    private Map<Split, String> splits(Map<String, List<String>> top, Labels labels) {
        var splits = new EnumMap<Split, String>(Split.class);
        var others = new ArrayList<String>();
        for (var name : top.keySet()) {
            var split = SplitNames.of(name);
            if (split == null) {
                others.add(name);
            } else if (splits.putIfAbsent(split, name) != null) {
                throw new UserException(
                        "data: %s holds two folders of %s images, %s and %s: give one of them another name, or move it away"
                                .formatted(
                                        root,
                                        split == Split.TRAIN
                                                ? "training"
                                                : split.name().toLowerCase(Locale.ROOT),
                                        splits.get(split),
                                        name));
            }
        }
        others.remove("");
        var train = splits.get(Split.TRAIN);
        if (train == null) {
            refuseLackOfTraining(splits);
            return Map.of();
        }
        boolean isFlat = top.getOrDefault(train, List.of()).stream()
                .noneMatch(image -> image.indexOf('/', train.length() + 1) >= 0);
        if (labels != Labels.NONE && isFlat && !others.isEmpty()) {
            throw new UserException(
                    "data: %s: is %s a split or a class, as %s may be? Say classes=folders if all are classes, or classes=none to train on the images in %2$s alone, without classes"
                            .formatted(root, train, some(others)));
        }
        return splits;
    }

    private void refuseLackOfTraining(Map<Split, String> splits) {
        for (var folder : listing.folders().keySet()) {
            if (!folder.contains("/") && SplitNames.of(folder) == Split.TRAIN && !splits.isEmpty()) {
                throw new UserException("data: no images that can be read in " + root.resolve(folder));
            }
        }
    }

    private Map<Split, String> noSplits(Map<String, List<String>> top) {
        isUsual = top.keySet().stream().allMatch(name -> SplitNames.of(name) == null);
        return Map.of();
    }

    private static String some(List<String> names) {
        int many = 3;
        return names.size() <= many
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, many)) + " and " + (names.size() - many) + " more";
    }

    private void countOthers(Map<String, List<String>> top, Map<Split, String> splits) {
        top.forEach((name, images) -> {
            if (!splits.containsValue(name)) {
                leftOut.count(
                        name.isEmpty() ? "images in no split's folder" : "images in " + name + "/", images.size());
            }
        });
    }

    /** Images wherever they lie below the folders of the splits. */
    private FolderLayout unlabelled(Map<String, List<String>> top, Map<Split, String> splits) {
        var train = unlabelled(images(top, splits, Split.TRAIN));
        var validation = unlabelled(images(top, splits, Split.VALIDATION));
        var test = unlabelled(images(top, splits, Split.TEST));
        return of(List.of(), train, validation, test);
    }

    private static List<String> images(Map<String, List<String>> top, Map<Split, String> splits, Split split) {
        var folder = splits.get(split);
        return folder == null ? List.of() : top.getOrDefault(folder, List.of());
    }

    private static List<Labelled> unlabelled(List<String> images) {
        return images.stream().map(image -> new Labelled(image, -1)).toList();
    }

    /** Of validation and test images one may be missing: there always are test images. */
    private FolderLayout of(
            List<String> classes, List<Labelled> train, List<Labelled> validation, List<Labelled> test) {
        if (test.isEmpty()) {
            return validation.isEmpty()
                    ? FolderLayout.holdOut(classes, train, root)
                    : FolderLayout.of(classes, train, validation, root);
        }
        isUsual &= validation.isEmpty();
        return FolderLayout.of(classes, train, validation, test, root);
    }

    private FolderLayout labelled(Map<String, List<String>> top, Map<Split, String> splits) {
        var train = Objects.requireNonNull(part(splits, Split.TRAIN, top, null));
        var validation = part(splits, Split.VALIDATION, top, train);
        var test = part(splits, Split.TEST, top, train);
        var usable = new ArrayList<Part>();
        var unlabelled = new ArrayList<Part>();
        for (var part : new Part[] {test, validation}) {
            if (part != null) {
                (part.hasClasses() == train.hasClasses() ? usable : unlabelled).add(part);
            }
        }
        if (usable.isEmpty() && !unlabelled.isEmpty()) {
            throw new UserException("data: the images in " + root.resolve(unlabelled.get(0).folder)
                    + " are in no class folders: sort them into folders named as in " + root.resolve(train.folder));
        }
        // ImageNet's own test/ has no classes, and is passed over for val/.
        unlabelled.forEach(part ->
                leftOut.count("images in " + part.folder + ", which are in no class folders", part.images.size()));
        return of(train.classes, train.images, images(validation, usable), images(test, usable));
    }

    private static List<Labelled> images(@Nullable Part part, List<Part> usable) {
        return part != null && usable.contains(part) ? part.images : List.of();
    }

    private @Nullable Part part(
            Map<Split, String> splits, Split split, Map<String, List<String>> top, @Nullable Part train) {
        var folder = splits.get(split);
        if (folder == null) {
            return null;
        }
        var images = images(top, splits, split);
        return part(inner(folder + "/", split, images), images, train);
    }

    /** An archive unpacked into a folder of its own name leaves {@code training_set/training_set/}. */
    private String inner(String prefix, Split split, List<String> images) {
        var inside = byFolder(prefix, images).keySet();
        if (inside.size() == 1 && SplitNames.of(inside.iterator().next()) == split) {
            isUsual = false;
            return prefix + inside.iterator().next() + "/";
        }
        return prefix;
    }

    /**
     * The images below the prefix. A class's name is the same in all of Unicode's forms: systems differ in which they
     * keep, and training images may come from another than test images.
     *
     * @param train the classes there may be; null: those that are found
     */
    private Part part(String prefix, List<String> images, @Nullable Part train) {
        var folders = byFolder(prefix, images);
        var loose = folders.getOrDefault("", List.of());
        var labels = new LinkedHashMap<String, Integer>();
        if (train != null) {
            train.classes.forEach(name -> labels.put(name, labels.size()));
        }
        var labelled = new ArrayList<Labelled>();
        var names = new HashSet<String>();
        folders.forEach((folder, files) -> {
            if (folder.isEmpty()) {
                return;
            }
            var name = Normalizer.normalize(folder, Normalizer.Form.NFC);
            if (train != null && !labels.containsKey(name)) {
                throw new UserException(
                        "data: " + root.resolve(prefix + folder) + " is no class of " + root.resolve(train.folder));
            }
            isUsual &= names.add(name);
            int label = labels.computeIfAbsent(name, added -> labels.size());
            files.forEach(file -> labelled.add(new Labelled(file, label)));
        });
        if (!labelled.isEmpty() && !loose.isEmpty()) {
            throw new UserException("data: " + root.resolve(prefix) + " holds both class folders and images, such as "
                    + loose.get(0).substring(prefix.length())
                    + ": put each image into its class's folder, or say classes=none");
        }
        if (!labelled.isEmpty()) {
            noteEmpty(prefix, folders.keySet());
        }
        loose.forEach(file -> labelled.add(new Labelled(file, -1)));
        return new Part(prefix, names.isEmpty() ? List.of() : List.copyOf(labels.keySet()), labelled);
    }

    private void noteEmpty(String prefix, Set<String> filled) {
        listing.folders().tailMap(prefix).forEach((folder, files) -> {
            var name = folder.startsWith(prefix) ? folder.substring(prefix.length()) : "";
            if (files > 0 && !name.isEmpty() && !name.contains("/") && !filled.contains(name)) {
                leftOut.noClass(folder + "/", files);
            }
        });
    }

    private void refuseNestedDataset() {
        for (var folder : listing.folders().keySet()) {
            int end = folder.indexOf('/');
            if (end >= 0 && SplitNames.of(folder.substring(end + 1)) == Split.TRAIN) {
                var name = folder.substring(0, end);
                throw new UserException(
                        "data: " + root + " holds the dataset " + name + ": give " + root.resolve(name));
            }
        }
    }

    /** Two classes that hold the same folders are more likely two splits that hold the same classes. */
    private void refuseUnknownSplits(Map<String, List<String>> top) {
        var seen = new LinkedHashMap<Set<String>, String>();
        top.forEach((name, images) -> {
            var inside = new TreeSet<>(byFolder(name + "/", images).keySet());
            if (name.isEmpty() || inside.size() < 2 || inside.contains("")) {
                return;
            }
            var other = seen.putIfAbsent(inside, name);
            if (other != null) {
                throw new UserException(
                        "data: %s: are %s and %s splits or classes? Both hold the folders %s: call splits train, val and test, or say classes=folders if they are classes"
                                .formatted(root, other, name, some(List.copyOf(inside))));
            }
        });
    }
}
