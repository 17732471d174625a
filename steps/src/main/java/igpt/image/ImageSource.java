package igpt.image;

import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Crop;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A set of images, some for training and some for testing, each read as a small square. */
public interface ImageSource extends Closeable {

    /** {@code shapes}, {@code cifar10} …, or the folder's name: what the dataset is called if nobody names it. */
    String name();

    /**
     * The published set that these are, as their format says and not their name: {@code cifar10}, {@code cifar100}, {@code
     * stl10} or {@code imagenet}; null of other images.
     */
    default @Nullable String published() {
        return null;
    }

    /** Names by label; empty where images have none. */
    List<String> classes();

    /** Training images, then validation images if it gives any, then test images; the same order every time. Made as they are asked for: small for millions. */
    List<ImageRef> images();

    /**
     * A square of the image, scaled by averaging areas. May be called by many threads.
     *
     * @param rgb room for 3 · resolution² bytes: rows from the top, in each R, G, B a pixel
     */
    void read(ImageRef ref, Crop crop, byte[] rgb, int resolution) throws BrokenImageException;

    /** The centre square. */
    default void read(ImageRef ref, byte[] rgb, int resolution) throws BrokenImageException {
        read(ref, Crop.CENTRE, rgb, resolution);
    }

    /** Whether its images are files of their own, of which some may be JPEGs. */
    default boolean hasJpegs() {
        return false;
    }

    /**
     * The colour of all pixels of an image, for images that are files of their own. Opens no session of TensorFlow.
     *
     * @return null if they differ, or if it is not known
     */
    default @Nullable String onlyColour(ImageRef ref) {
        return null;
    }

    /**
     * Why an image certainly cannot be read, by its header, for images that are files of their own. Opens no session of
     * TensorFlow.
     *
     * @return null if it may be read
     */
    default @Nullable String headerFault(ImageRef ref) {
        return null;
    }

    /** What it holds besides its images. */
    default LeftOut leftOut() {
        return new LeftOut();
    }

    /**
     * What decoders minded in images that were read all the same, since this was last asked: each with the image's source
     * before it, sorted.
     */
    default List<String> takeWarnings() {
        return List.of();
    }

    /** SHA-256 of what the pixels depend on, told without reading them: names, sizes, times of change, or the seed. */
    String fingerprint();

    /** The name of a folder of images. */
    static String nameOf(Path folder) {
        return Objects.requireNonNullElse(folder.toAbsolutePath().normalize().getFileName(), Path.of("images"))
                .toString();
    }
}
