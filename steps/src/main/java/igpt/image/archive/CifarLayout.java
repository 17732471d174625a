package igpt.image.archive;

import igpt.image.Labels;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a CIFAR lies in its files. Each image is its labels, a byte each, and 3 × 32 × 32 bytes, red plane first
 * (https://www.cs.toronto.edu/~kriz/cifar.html, "binary version").
 *
 * @param name what a dataset of it is called
 * @param title what a person calls it
 * @param folder that the archive unpacks to
 * @param archive the official one
 * @param batches the files; the last holds the test images
 * @param labels bytes of labels before an image's pixels
 * @param label which of them counts
 * @param classes how many
 * @param namesFile the classes' names, a line each
 */
public record CifarLayout(
        String name,
        String title,
        String folder,
        String archive,
        List<String> batches,
        int labels,
        int label,
        int classes,
        String namesFile) {

    public static final CifarLayout CIFAR_10 = new CifarLayout(
            "cifar10",
            "CIFAR-10",
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            List.of(
                    "data_batch_1.bin",
                    "data_batch_2.bin",
                    "data_batch_3.bin",
                    "data_batch_4.bin",
                    "data_batch_5.bin",
                    "test_batch.bin"),
            1,
            0,
            10,
            "");
    private static final CifarLayout CIFAR_100_FINE = cifar100("cifar100", 1, 100, "fine_label_names.txt");
    private static final CifarLayout CIFAR_100_COARSE = cifar100("cifar100-coarse", 0, 20, "coarse_label_names.txt");

    private static final List<String> CIFAR_10_CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static CifarLayout cifar100(String name, int label, int classes, String namesFile) {
        return new CifarLayout(
                name,
                "CIFAR-100",
                "cifar-100-binary",
                "cifar-100-binary.tar.gz",
                List.of("train.bin", "test.bin"),
                2,
                label,
                classes,
                namesFile);
    }

    public static CifarLayout cifar100(Labels labels) {
        return labels == Labels.COARSE ? CIFAR_100_COARSE : CIFAR_100_FINE;
    }

    /** Whether results on these classes are published. */
    boolean isPublished() {
        return this != CIFAR_100_COARSE;
    }

    /** Bytes an image takes. */
    int record() {
        return labels + 3 * CifarBatches.PLANE;
    }

    /** Everything that is read. */
    List<String> files() {
        var files = new ArrayList<>(batches);
        if (!namesFile.isEmpty()) {
            files.add(namesFile);
        }
        return files;
    }

    /** The classes' names: CIFAR-10's are known, CIFAR-100's stand in a file. */
    List<String> classNames(Map<String, byte[]> files, Path from) {
        if (namesFile.isEmpty()) {
            return CIFAR_10_CLASSES;
        }
        var names = Packed.lines(present(files, namesFile, from));
        if (names.size() != classes) {
            throw new UserException("data: " + namesFile + " in " + from + " has " + names.size() + " names, not "
                    + classes + ": get " + title + " again");
        }
        return names;
    }

    byte[] present(Map<String, byte[]> files, String name, Path from) {
        var bytes = files.get(name);
        if (bytes == null) {
            throw new UserException(
                    "data: " + name + " is missing in " + from + ": get " + title + "'s binary version, " + archive);
        }
        return bytes;
    }
}
