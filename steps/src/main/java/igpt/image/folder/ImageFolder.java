package igpt.image.folder;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.LeftOut;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Decoding;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/** Image files in folders; see {@link FolderReader}. */
public final class ImageFolder extends Photographs {
    private final Path root;
    private final String format; // and its version, in the fingerprint
    private final FolderReader.Found found;

    /** More bytes than any picture has that could be decoded. */
    private static final long MOST_BYTES = 1L << 29;

    public ImageFolder(Path root, Labels labels, Decoding decoding) {
        this(
                root,
                labels == Labels.NONE ? "folder 2 unlabelled" : "folder 2",
                decoding,
                FolderReader.read(root, labels));
    }

    /** All images in a folder, to be shown to a model that is there already; see {@link FreeLayout}. */
    public static ImageFolder ofAll(Path root, Decoding decoding) {
        return new ImageFolder(root, "pictures 1", decoding, FreeLayout.of(root));
    }

    /** A single picture. */
    public static ImageFolder ofPicture(Path file, Decoding decoding) {
        return new ImageFolder(file, "pictures 1", decoding, FreeLayout.ofPicture(file));
    }

    private ImageFolder(Path root, String format, Decoding decoding, FolderReader.Found found) {
        super(decoding, ImageNetTars.areClasses(found.layout().classes()));
        this.root = root;
        this.format = format;
        this.found = found;
    }

    @Override
    public String name() {
        return ImageSource.nameOf(root);
    }

    @Override
    FolderLayout layout() {
        return found.layout();
    }

    @Override
    public LeftOut leftOut() {
        return found.listing().leftOut();
    }

    private Path path(String source) {
        var odd = found.listing().odd().get(source);
        return odd != null ? odd : root.resolve(source);
    }

    @Override
    byte[] bytes(ImageRef ref) throws BrokenImageException {
        try {
            var file = path(ref.source());
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) { // a pipe would be waited for
                throw new BrokenImageException(ref.source(), "not a file any more");
            }
            if (attributes.size() > MOST_BYTES) {
                throw new BrokenImageException(ref.source(), "too large: %,d bytes".formatted(attributes.size()));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BrokenImageException(ref.source(), "the file is gone", e);
        } catch (AccessDeniedException e) {
            throw new BrokenImageException(ref.source(), "cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new BrokenImageException(ref.source(), "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String fingerprint() {
        var fingerprint = fingerprint(format);
        var layout = layout();
        for (var source : layout.sources()) {
            fingerprint.add(source, path(source));
        }
        if (!found.usual()) {
            fingerprint.add("%d to train on, %d to validate, classes %s"
                    .formatted(layout.trainImages(), layout.validationImages(), Arrays.toString(layout.labels())));
        }
        return fingerprint.sha256();
    }
}
