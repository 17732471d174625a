package igpt.image.folder;

import igpt.image.Split;
import igpt.schema.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which files of a folder are training images, which are for validation and test, and of what class.
 *
 * @param classes sorted names of the folders that hold training images
 * @param sources relative paths: training images by class and name, then validation images likewise, then test images
 * @param labels of each, -1 where there are no classes
 * @param trainImages how many of them are training images
 * @param validationImages how many are given for validation
 */
@SuppressWarnings("ArrayRecordComponent") // internal to the source: never compared
record FolderLayout(List<String> classes, String[] sources, int[] labels, int trainImages, int validationImages) {
    private static final int HELD_OUT = 10; // one in so many

    /** @param source its path in the folder */
    record Labelled(String source, int label) {}

    Split split(int image) {
        if (image < trainImages) {
            return Split.TRAIN;
        }
        return image < trainImages + validationImages ? Split.VALIDATION : Split.TEST;
    }

    /**
     * Every tenth image is held out for testing. They are counted through the classes, in each in the order of a hash of
     * the file's name: a tenth of each class, give or take one.
     *
     * @param all in any order
     */
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
        return of(classes, train, List.of(), test, root);
    }

    static FolderLayout of(List<String> classes, List<Labelled> training, List<Labelled> testing, Path root) {
        return of(classes, training, List.of(), testing, root);
    }

    /** @param root to be named if there are no images */
    static FolderLayout of(
            List<String> classes,
            List<Labelled> training,
            List<Labelled> validating,
            List<Labelled> testing,
            Path root) {
        if (training.isEmpty()) {
            throw none(root);
        }
        return sorted(classes, training, validating, testing);
    }

    /** The same where any of the splits may be empty, but not all. */
    static FolderLayout ofAny(
            List<String> classes,
            List<Labelled> training,
            List<Labelled> validating,
            List<Labelled> testing,
            Path root) {
        if (training.isEmpty() && validating.isEmpty() && testing.isEmpty()) {
            throw none(root);
        }
        return sorted(classes, training, validating, testing);
    }

    private static UserException none(Path root) {
        return new UserException("data: no images that can be read in " + root + ", nor in folders of classes in it"
                + NearMiss.of(root));
    }

    private static FolderLayout sorted(
            List<String> classes, List<Labelled> training, List<Labelled> validating, List<Labelled> testing) {
        var byName = Comparator.comparingInt(Labelled::label).thenComparing(Labelled::source);
        var sources = new ArrayList<String>();
        var labels = new ArrayList<Integer>();
        for (var split : List.of(training, validating, testing)) {
            split.stream().sorted(byName).forEach(image -> {
                sources.add(image.source);
                labels.add(image.label);
            });
        }
        return new FolderLayout(
                List.copyOf(classes),
                sources.toArray(String[]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                training.size(),
                validating.size());
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
