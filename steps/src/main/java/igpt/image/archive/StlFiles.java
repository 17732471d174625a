package igpt.image.archive;

import igpt.image.ImageRef;
import igpt.image.Split;
import igpt.schema.Counts;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * STL-10's labelled files, in memory: 359 MB (https://cs.stanford.edu/~acoates/stl10/). An image is 3 × 96 × 96 bytes, red
 * plane first, each plane column by column; a label is a byte from 1 to 10; a fold is a line of places among the training
 * images, counted from 0.
 */
public final class StlFiles implements InMemory.Contents {
    private static final int SIDE = 96;
    static final List<String> IMAGES = List.of("train_X.bin", "test_X.bin");
    public static final List<String> KNOWN =
            List.of("train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin", "unlabeled_X.bin");
    private static final String NAMES = "class_names.txt";
    private static final String FOLDS = "fold_indices.txt";
    private static final int RECORD = 3 * SIDE * SIDE;
    private static final int CLASSES = 10;

    private final Path from;
    private final List<String> classes;
    private final byte[] trainImages;
    private final byte[] trainLabels;
    private final byte[] testImages;
    private final byte[] testLabels;
    private final int[] train; // places of the training images that are used

    private StlFiles(Map<String, byte[]> files, Path from, int fold) {
        this.from = from;
        trainImages = present(files, "train_X.bin");
        trainLabels = present(files, "train_y.bin");
        testImages = present(files, "test_X.bin");
        testLabels = present(files, "test_y.bin");
        check("train", trainImages, trainLabels);
        check("test", testImages, testLabels);
        classes = Packed.lines(present(files, NAMES));
        if (classes.size() != CLASSES) {
            throw broken(NAMES, "has " + classes.size() + " names, not " + CLASSES);
        }
        train = fold < 0
                ? IntStream.range(0, trainLabels.length).toArray()
                : fold(Packed.lines(present(files, FOLDS)), fold);
    }

    static StlFiles load(Path folderOrArchive, int fold) {
        return new StlFiles(Packed.read(folderOrArchive, wanted(fold)), folderOrArchive, fold);
    }

    public static List<String> wanted(int fold) {
        var names = new ArrayList<>(List.of("train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin", NAMES));
        if (fold >= 0) {
            names.add(FOLDS);
        }
        return names;
    }

    private byte[] present(Map<String, byte[]> files, String name) {
        var bytes = files.get(name);
        if (bytes == null) {
            throw new UserException("data: " + name + " is missing in " + from + ": get STL-10's stl10_binary.tar.gz");
        }
        return bytes;
    }

    private void check(String split, byte[] images, byte[] labels) {
        if (images.length == 0 || images.length % RECORD != 0) {
            throw broken(split + "_X.bin", "is cut short: " + images.length + " bytes are no multiple of " + RECORD);
        }
        if (labels.length != images.length / RECORD) {
            throw broken(
                    split + "_y.bin",
                    "has " + Counts.of(labels.length, "label") + " for " + Counts.of(images.length / RECORD, "image"));
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 1 || labels[i] > CLASSES) {
                throw broken(
                        split + "_y.bin", "gives image " + i + " the label " + (labels[i] & 0xff) + ", not 1 to 10");
            }
        }
    }

    private int[] fold(List<String> lines, int fold) {
        if (fold >= lines.size()) {
            throw broken(FOLDS, "has " + lines.size() + " folds, none numbered " + fold);
        }
        return Stream.of(lines.get(fold).split("\\s+")).mapToInt(this::place).toArray();
    }

    private int place(String text) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= trainLabels.length) {
            throw broken(FOLDS, "names training image " + text + " of " + trainLabels.length);
        }
        return Integer.parseInt(text);
    }

    private UserException broken(String name, String what) {
        return new UserException("data: " + name + " in " + from + " " + what + ": get it again");
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int images() {
        return train.length + testLabels.length;
    }

    @Override
    public ImageRef ref(int id) {
        if (id < train.length) {
            return new ImageRef(id, Split.TRAIN, trainLabels[train[id]] - 1, "train_X.bin#" + train[id]);
        }
        int at = id - train.length;
        return new ImageRef(id, Split.TEST, testLabels[at] - 1, "test_X.bin#" + at);
    }

    /** The planes of a file run down the columns. */
    @Override
    public InMemory.Picture picture(int id) {
        var planes = id < train.length ? trainImages : testImages;
        int from = RECORD * (id < train.length ? train[id] : id - train.length);
        var rgb = new byte[RECORD];
        for (int c = 0; c < 3; c++) {
            for (int x = 0; x < SIDE; x++) {
                for (int y = 0; y < SIDE; y++) {
                    rgb[3 * (y * SIDE + x) + c] = planes[from + (c * SIDE + x) * SIDE + y];
                }
            }
        }
        return new InMemory.Picture(rgb, SIDE, SIDE);
    }
}
