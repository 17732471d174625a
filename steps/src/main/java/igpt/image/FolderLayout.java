package igpt.image;

import igpt.schema.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder are training images, which are test images, and of what class:
 *
 * <ul>
 *   <li>{@code train/CLASS/…} with {@code test/CLASS/…}, or else {@code val/CLASS/…}: ImageNet's layout, and most others;
 *   <li>{@code train/CLASS/…} alone, or {@code CLASS/…}: every tenth image is held out for testing. They are counted
 *       through the classes, in each in the order of a hash of the file's name: a tenth of each class, give or take one;
 *   <li>images directly in the folder (or in {@code train} and {@code test}): the same without labels.
 * </ul>
 *
 * @param classes sorted names of the folders that hold training images
 * @param sources relative paths: training images by class and name, then test images likewise
 * @param labels of each, -1 where there are no classes
 * @param trainImages how many of them are training images
 */
@SuppressWarnings("ArrayRecordComponent") // internal to the source: never compared
record FolderLayout(List<String> classes, String[] sources, int[] labels, int trainImages) {
    private static final List<String> TEST_FOLDERS = List.of("test", "val", "valid", "validation");
    private static final int HELD_OUT = 10; // one in so many

    /** @param source its path in the folder */
    record Labelled(String source, int label) {}

    /** A folder of class folders, or of images. */
    private record Part(List<String> classes, List<Labelled> images) {}

    static FolderLayout of(Path root, Labels labels) {
        if (FolderListing.isEmpty(root)) {
            throw new UserException("data: " + root + " is empty");
        }
        if (labels == Labels.NONE) {
            return unlabelled(root);
        }
        if (!Files.isDirectory(root.resolve("train"))) {
            refuseNestedDataset(root);
            var all = read(root, "", null);
            return holdOut(all.classes, all.images, root);
        }
        var train = read(root, "train/", null);
        var test = findTest(root, train);
        return test == null
                ? holdOut(train.classes, train.images, root)
                : of(train.classes, train.images, test.images, root);
    }

    /** Images wherever they lie below the folder, or below its {@code train} and {@code test}. */
    private static FolderLayout unlabelled(Path root) {
        if (!Files.isDirectory(root.resolve("train"))) {
            return holdOut(List.of(), below(root, ""), root);
        }
        var train = below(root, "train/");
        for (var name : TEST_FOLDERS) {
            if (Files.isDirectory(root.resolve(name))) {
                return of(List.of(), train, below(root, name + "/"), root);
            }
        }
        return holdOut(List.of(), train, root);
    }

    private static List<Labelled> below(Path root, String prefix) {
        return FolderListing.imagesBelow(root.resolve(prefix)).stream()
                .map(file -> new Labelled(prefix + file, -1))
                .toList();
    }

    private static void refuseNestedDataset(Path root) {
        for (var name : FolderListing.folders(root)) {
            if (Files.isDirectory(root.resolve(name).resolve("train"))) {
                throw new UserException(
                        "data: " + root + " holds the dataset " + name + ": give " + root.resolve(name));
            }
        }
    }

    /** @param known the classes there may be; null: those that are found */
    private static Part read(Path root, String prefix, @Nullable List<String> known) {
        var base = root.resolve(prefix);
        var loose = FolderListing.images(base);
        var classes = new ArrayList<String>();
        var images = new ArrayList<Labelled>();
        for (var name : FolderListing.folders(base)) {
            var files = FolderListing.imagesBelow(base.resolve(name));
            if (files.isEmpty()) {
                continue;
            }
            if (known != null && !known.contains(name)) {
                throw new UserException("data: " + base.resolve(name) + " is no class of " + root.resolve("train"));
            }
            int label = known == null ? classes.size() : known.indexOf(name);
            files.forEach(file -> images.add(new Labelled(prefix + name + "/" + file, label)));
            classes.add(name);
        }
        if (!images.isEmpty() && !loose.isEmpty()) {
            throw new UserException("data: " + base + " holds both class folders and images, such as " + loose.get(0)
                    + ": put each image into its class's folder, or say classes=none");
        }
        loose.forEach(file -> images.add(new Labelled(prefix + file, -1)));
        return new Part(classes, images);
    }

    /** Null where there is none. ImageNet's own test/ has no classes, and is passed over for val/. */
    private static @Nullable Part findTest(Path root, Part train) {
        String unlabelled = null;
        for (var name : TEST_FOLDERS) {
            if (Files.isDirectory(root.resolve(name))) {
                var part = read(root, name + "/", train.classes);
                if (!part.images.isEmpty() && part.classes.isEmpty() == train.classes.isEmpty()) {
                    return part;
                }
                unlabelled = part.images.isEmpty() ? unlabelled : name;
            }
        }
        if (unlabelled != null) {
            throw new UserException("data: the images in " + root.resolve(unlabelled)
                    + " are in no class folders: sort them into folders named as in " + root.resolve("train"));
        }
        return null;
    }

    /** @param all in any order */
    static FolderLayout holdOut(List<String> classes, List<Labelled> all, Path root) {
        var shuffled = new ArrayList<>(all);
        shuffled.sort(Comparator.comparingInt(Labelled::label)
                .thenComparingLong(image -> hash(image.source))
                .thenComparing(Labelled::source));
        var train = new ArrayList<Labelled>();
        var test = new ArrayList<Labelled>();
        for (int i = 0; i < shuffled.size(); i++) {
            (i % HELD_OUT == 1 ? test : train).add(shuffled.get(i));
        }
        return of(classes, train, test, root);
    }

    /** @param root to be named if there are no images */
    static FolderLayout of(List<String> classes, List<Labelled> training, List<Labelled> testing, Path root) {
        if (training.isEmpty()) {
            throw new UserException("data: no JPEG or PNG images in " + root + ", nor in folders of classes in it");
        }
        var byName = Comparator.comparingInt(Labelled::label).thenComparing(Labelled::source);
        var train = training.stream().sorted(byName).toList();
        var test = testing.stream().sorted(byName).toList();
        int n = train.size() + test.size();
        var sources = new String[n];
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            var image = i < train.size() ? train.get(i) : test.get(i - train.size());
            sources[i] = image.source;
            labels[i] = image.label;
        }
        return new FolderLayout(List.copyOf(classes), sources, labels, train.size());
    }

    /** FNV-1a of 64 bits. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
