package igpt.image;

import igpt.schema.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CIFAR-10's binary version, as its folder or as the official archive; see {@link CifarBatches}. */
final class Cifar10 implements ImageSource {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;

    private final Path path;
    private @Nullable CifarBatches batches;

    Cifar10(Path folderOrArchive) {
        path = folderOrArchive;
    }

    /** The folder that holds the batches: this one, or the one inside it that the archive unpacks to; else null. */
    static @Nullable Path findFolder(Path folder) {
        for (var candidate : List.of(folder, folder.resolve("cifar-10-batches-bin"))) {
            for (var batch : CifarBatches.NAMES) {
                if (Files.exists(candidate.resolve(batch))) {
                    return candidate;
                }
            }
        }
        for (var candidate : List.of(folder, folder.resolve("cifar-10-batches-py"))) {
            if (Files.exists(candidate.resolve("data_batch_1"))) {
                throw new UserException("data: " + candidate
                        + " is CIFAR-10's Python version: get the binary one, cifar-10-binary.tar.gz");
            }
        }
        return null;
    }

    @Override
    public String name() {
        return "cifar10";
    }

    @Override
    public List<String> classes() {
        return CifarBatches.CLASSES;
    }

    @Override
    public List<ImageRef> images() {
        var loaded = batches();
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                return loaded.ref(id);
            }

            @Override
            public int size() {
                return loaded.images();
            }
        };
    }

    @Override
    public void read(ImageRef ref, byte[] rgb, int resolution) {
        var record = batches().record(Math.toIntExact(ref.id()));
        var pixels = resolution == SIDE ? rgb : new byte[3 * PLANE];
        for (int i = 0; i < PLANE; i++) {
            pixels[3 * i] = record.get(1 + i);
            pixels[3 * i + 1] = record.get(1 + PLANE + i);
            pixels[3 * i + 2] = record.get(1 + 2 * PLANE + i);
        }
        if (resolution != SIDE) {
            new AreaAverage(resolution).centreSquare(pixels, SIDE, SIDE, rgb);
        }
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint("cifar10 binary 1");
        if (Files.isRegularFile(path)) {
            fingerprint.add("", path);
        } else {
            for (var name : CifarBatches.NAMES) {
                fingerprint.add(name, path.resolve(name));
            }
        }
        return fingerprint.sha256();
    }

    private synchronized CifarBatches batches() {
        var loaded = batches;
        if (loaded == null) {
            loaded = CifarBatches.load(path);
            batches = loaded;
        }
        return loaded;
    }

    @Override
    public synchronized void close() {
        batches = null;
    }
}
