package igpt.image.archive;

import igpt.image.Fingerprint;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.Split;
import igpt.schema.Counts;
import igpt.schema.UserException;
import java.io.BufferedInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grey images in the IDX files of MNIST and its likes, gzipped or not (http://yann.lecun.com/exdb/mnist). Grey becomes
 * three equal channels. Classes have no names but their numbers: those that training images have. EMNIST's images lie
 * transposed in its files, and are turned upright.
 */
public final class IdxFolder extends InMemory {
    private static final List<String> FILES = IdxFiles.NAMES;
    private static final String TRANSPOSED = "emnist";
    private static final int UNSIGNED_BYTES = 8; // the third byte of a file: its numbers' type

    private final Path folder;
    private final IdxFiles files;

    /** Images of a split, each height × width, and a label of each. */
    private record Part(ByteBuffer pixels, int count, int height, int width, ByteBuffer labels, boolean transposed) {
        Picture picture(int at) {
            int size = height * width;
            var rgb = new byte[3 * size];
            for (int i = 0; i < size; i++) {
                int from = transposed ? i % height * width + i / height : i;
                Arrays.fill(rgb, 3 * i, 3 * i + 3, pixels.get(at * size + from));
            }
            return transposed ? new Picture(rgb, height, width) : new Picture(rgb, width, height);
        }
    }

    /** @param numbers of the classes, rising */
    private record Loaded(IdxFiles files, Part train, Part test, List<Integer> numbers) implements Contents {
        @Override
        public List<String> classes() {
            return numbers.stream().map(String::valueOf).toList();
        }

        @Override
        public int images() {
            return train.count + test.count;
        }

        @Override
        public ImageRef ref(int id) {
            boolean isTest = id >= train.count;
            int at = isTest ? id - train.count : id;
            return new ImageRef(
                    id,
                    isTest ? Split.TEST : Split.TRAIN,
                    Collections.binarySearch(numbers, (isTest ? test : train).labels.get(at) & 0xff),
                    files.named(FILES.get(isTest ? 2 : 0)) + "#" + at);
        }

        @Override
        public Picture picture(int id) {
            return id < train.count ? train.picture(id) : test.picture(id - train.count);
        }
    }

    private IdxFolder(Path folder, IdxFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** Null if the folder holds none of the files. */
    public static @Nullable IdxFolder find(Path folder) {
        var files = IdxFiles.find(folder);
        return files == null ? null : new IdxFolder(folder, files);
    }

    private Path file(String name) {
        return Objects.requireNonNull(files.files().get(name));
    }

    @Override
    public String name() {
        return ImageSource.nameOf(folder);
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint(isTransposed() ? "idx 1 transposed" : "idx 1");
        for (var name : FILES) {
            fingerprint.add(files.named(name), file(name));
        }
        var numbers = numbers(numbers(FILES.get(1), 1).position(8).slice());
        if (!numbers.isEmpty()
                && numbers.get(numbers.size() - 1) >= numbers.size()) { // once there were classes between
            fingerprint.add("classes " + numbers);
        }
        return fingerprint.sha256();
    }

    private boolean isTransposed() {
        return files.prefix().startsWith(TRANSPOSED);
    }

    @Override
    Contents load() {
        var train = part(FILES.get(0), FILES.get(1));
        var test = part(FILES.get(2), FILES.get(3));
        var classes = numbers(train.labels);
        for (int number : numbers(test.labels)) {
            if (!classes.contains(number)) {
                throw new UserException(
                        "data: " + file(FILES.get(3)) + " has label " + number + ", which no training image has");
            }
        }
        return new Loaded(files, train, test, classes);
    }

    private Part part(String imagesName, String labelsName) {
        var images = numbers(imagesName, 3);
        var labels = numbers(labelsName, 1);
        int count = images.getInt(4);
        int height = images.getInt(8);
        int width = images.getInt(12);
        if (labels.getInt(4) != count) {
            throw new UserException("data: " + file(labelsName) + " has " + Counts.of(labels.getInt(4), "label")
                    + " for " + Counts.of(count, "image"));
        }
        if (count == 0 || height == 0 || width == 0) {
            throw new UserException("data: " + file(imagesName) + " holds no pixels: " + count + " images of " + height
                    + " x " + width);
        }
        return new Part(
                images.position(16).slice(),
                count,
                height,
                width,
                labels.position(8).slice(),
                isTransposed());
    }

    /** Those that occur, rising. */
    private static List<Integer> numbers(ByteBuffer labels) {
        return IntStream.range(0, labels.limit())
                .map(i -> labels.get(i) & 0xff)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** A whole file, checked: two zeros, type, dimensions, the length of each as int32, the numbers; big-endian. */
    private ByteBuffer numbers(String name, int dimensions) {
        var file = file(name);
        var bytes = Packed.explained(file, () -> {
            try (var in = Packed.gunzipped(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
                return ByteBuffer.wrap(Packed.readAll(in));
            }
        });
        int header = 4 + 4 * dimensions;
        if (bytes.limit() < header) {
            throw new UserException("data: " + file + " is cut short: get it again");
        }
        if (bytes.getInt(0) != (UNSIGNED_BYTES << 8 | dimensions)) {
            throw new UserException("data: " + file + " is no IDX file of bytes in " + dimensions
                    + " dimensions: it begins with %08x, not %08x"
                            .formatted(bytes.getInt(0), UNSIGNED_BYTES << 8 | dimensions));
        }
        long expected = 1;
        for (int d = 0; d < dimensions; d++) {
            int length = bytes.getInt(4 + 4 * d);
            expected = length < 0 || expected > Integer.MAX_VALUE ? Long.MAX_VALUE : expected * length;
        }
        if (bytes.limit() - header != expected) {
            throw new UserException("data: " + file + " is cut short, or its header is damaged: it should hold "
                    + expected + " bytes after its header, and holds " + (bytes.limit() - header) + "; get it again");
        }
        return bytes;
    }
}
