package igpt.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JPEG and PNG files of any size in folders; see {@link FolderLayout}. What a file is, its first bytes tell. */
final class ImageFolder implements ImageSource {
    private final Path root;
    private final FolderLayout layout;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private @Nullable Decoder decoder; // made when the first image is read: TensorFlow takes a second to load

    /** What a thread uses again for each image. */
    private static final class Scratch {
        final Decoder.Pixels pixels = new Decoder.Pixels();
        AreaAverage average = new AreaAverage(1);

        AreaAverage average(int resolution) {
            if (average.resolution() != resolution) {
                average = new AreaAverage(resolution);
            }
            return average;
        }
    }

    ImageFolder(Path root) {
        this.root = root;
        layout = FolderLayout.of(root);
    }

    @Override
    public String name() {
        return Objects.requireNonNullElse(root.toAbsolutePath().normalize().getFileName(), Path.of("images"))
                .toString();
    }

    @Override
    public List<String> classes() {
        return layout.classes();
    }

    @Override
    public List<ImageRef> images() {
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                var split = id < layout.trainImages() ? Split.TRAIN : Split.TEST;
                return new ImageRef(id, split, layout.labels()[id], layout.sources()[id]);
            }

            @Override
            public int size() {
                return layout.sources().length;
            }
        };
    }

    @Override
    public void read(ImageRef ref, byte[] rgb, int resolution) throws BrokenImageException {
        var mine = scratch.get();
        decoder().decode(bytes(ref.source()), ref.source(), mine.pixels);
        mine.average(resolution).centreSquare(mine.pixels.rgb(), mine.pixels.width(), mine.pixels.height(), rgb);
    }

    private byte[] bytes(String source) throws BrokenImageException {
        try {
            return Files.readAllBytes(root.resolve(source));
        } catch (NoSuchFileException e) {
            throw new BrokenImageException(source, "the file is gone", e);
        } catch (IOException e) {
            throw new BrokenImageException(source, "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint("folder 1");
        for (var source : layout.sources()) {
            fingerprint.add(source, root.resolve(source));
        }
        return fingerprint.sha256();
    }

    private synchronized Decoder decoder() {
        var made = decoder;
        if (made == null) {
            made = new Decoder();
            decoder = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (decoder != null) {
            decoder.close();
            decoder = null;
        }
    }
}
