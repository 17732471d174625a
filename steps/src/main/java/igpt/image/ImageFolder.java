package igpt.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Image files in folders; see {@link FolderLayout}. */
final class ImageFolder extends Photographs {
    private final Path root;
    private final Labels labels;
    private final FolderLayout layout;

    ImageFolder(Path root, Labels labels, boolean dctScaling) {
        super(dctScaling);
        this.root = root;
        this.labels = labels;
        layout = FolderLayout.of(root, labels);
    }

    @Override
    public String name() {
        return name(root);
    }

    static String name(Path folder) {
        return Objects.requireNonNullElse(folder.toAbsolutePath().normalize().getFileName(), Path.of("images"))
                .toString();
    }

    @Override
    FolderLayout layout() {
        return layout;
    }

    @Override
    byte[] bytes(ImageRef ref) throws BrokenImageException {
        try {
            return Files.readAllBytes(root.resolve(ref.source()));
        } catch (NoSuchFileException e) {
            throw new BrokenImageException(ref.source(), "the file is gone", e);
        } catch (IOException e) {
            throw new BrokenImageException(ref.source(), "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String fingerprint() {
        var fingerprint = fingerprint(labels == Labels.NONE ? "folder 1 unlabelled" : "folder 1");
        for (var source : layout.sources()) {
            fingerprint.add(source, root.resolve(source));
        }
        return fingerprint.sha256();
    }
}
