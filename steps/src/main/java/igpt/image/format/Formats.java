package igpt.image.format;

import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.SourceOptions;
import igpt.image.archive.Cifar;
import igpt.image.archive.CifarLayout;
import igpt.image.archive.IdxFolder;
import igpt.image.archive.Packed;
import igpt.image.archive.Stl10;
import igpt.image.archive.StlFiles;
import igpt.image.decode.Decoding;
import igpt.image.decode.ImageKind;
import igpt.image.folder.ImageFolder;
import igpt.image.folder.ImageNetTars;
import igpt.image.folder.NearMiss;
import igpt.image.shapes.Shapes;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens images in whichever format they are, told by the names of the files. */
public final class Formats {
    private Formats() {}

    /**
     * Finds the format by looking.
     *
     * @param data {@code shapes}, or the path of a folder or archive
     * @throws UserException if there is nothing to read, with what would be
     */
    public static ImageSource open(String data, SourceOptions options) {
        var source = data.equals(Shapes.NAME) ? new Shapes(options) : open(path(data), options);
        checkOptions(source, data, options);
        return source;
    }

    /**
     * The same for images that are shown to a model that is there already: a single picture will do, and a folder of
     * pictures may be laid out in any way.
     *
     * @param decoding as the model's own images were decoded; where a format has no use for that, it is passed over
     * @throws UserException if there is nothing to read, with what would be
     */
    public static ImageSource openNew(String data, Decoding decoding) {
        var options = SourceOptions.DEFAULT.with(decoding);
        if (data.equals(Shapes.NAME)) {
            return new Shapes(options);
        }
        var path = readable(path(data));
        if (!Files.isRegularFile(path)) {
            return known(path, options).orElseGet(() -> ImageFolder.ofAll(path, decoding));
        }
        return isPicture(path) ? ImageFolder.ofPicture(path, decoding) : ofArchive(path, options);
    }

    private static boolean isPicture(Path file) {
        try {
            var kind = ImageKind.of(file);
            return kind != null && kind.isRead();
        } catch (IOException e) {
            throw new UserException("data: cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static ImageSource open(Path path, SourceOptions options) {
        return Files.isRegularFile(readable(path))
                ? ofArchive(path, options)
                : known(path, options).orElseGet(() -> new ImageFolder(path, options.labels(), options.decoding()));
    }

    private static Path readable(Path path) {
        if (!Files.exists(path)) {
            throw new UserException("data: no such file or folder: " + path + "; give a path, or shapes");
        }
        if (!Files.isReadable(path)) {
            throw new UserException("data: " + path + " may not be read: give it read permission");
        }
        return path;
    }

    private static Path path(String data) {
        try {
            return Path.of(data);
        } catch (InvalidPathException e) {
            throw new UserException("data: not a path: " + data, e);
        }
    }

    /** A folder of a published set's files. */
    private static Optional<ImageSource> known(Path folder, SourceOptions options) {
        ImageSource known = Cifar.find(folder, options.labels());
        if (known == null) {
            known = Stl10.find(folder, options.fold());
        }
        if (known == null) {
            known = IdxFolder.find(folder);
        }
        if (known == null) {
            known = ImageNetTars.find(folder, options.decoding());
        }
        return Optional.ofNullable(known);
    }

    private static ImageSource ofArchive(Path archive, SourceOptions options) {
        NearMiss.checkFile(archive);
        return Packed.find(archive, name -> holding(name, archive, options))
                .orElseThrow(() -> new UserException("data: " + archive
                        + " holds neither CIFAR-10, CIFAR-100, STL-10 nor ImageNet: unpack it and give the folder"));
    }

    /** The source that has a file of this name in its archive. */
    private static @Nullable ImageSource holding(String name, Path archive, SourceOptions options) {
        for (var layout : List.of(CifarLayout.CIFAR_10, CifarLayout.cifar100(options.labels()))) {
            if (layout.batches().contains(name)) {
                return new Cifar(layout, archive);
            }
        }
        if (StlFiles.KNOWN.contains(name)) {
            return new Stl10(archive, options.fold());
        }
        if (ImageNetTars.isClass(name)) {
            return new ImageNetTars(archive, options.decoding());
        }
        if (name.equals("data_batch_1")) {
            throw Cifar.python(archive, CifarLayout.CIFAR_10);
        }
        if (name.equals("meta")) {
            throw Cifar.python(archive, CifarLayout.cifar100(options.labels()));
        }
        return null;
    }

    /** What only one format knows is not silently passed over in another. */
    private static void checkOptions(ImageSource source, String data, SourceOptions options) {
        if (options.fold() >= 0 && !(source instanceof Stl10)) {
            throw new UserException("fold: only STL-10 has folds, and data=" + data + " is none");
        }
        if (options.labels() == Labels.COARSE && !source.name().startsWith("cifar100")) {
            throw new UserException("classes: only CIFAR-100 has coarse ones, and data=" + data + " is none");
        }
        if (options.labels() == Labels.NONE && !(source instanceof ImageFolder)) {
            throw new UserException("classes: only those of a folder of images can be left out; data=" + data
                    + " has its own: leave classes at fine");
        }
        if (options.labels() == Labels.FOLDERS && !(source instanceof ImageFolder)) {
            throw new UserException("classes: only a folder of images has its classes in folders, and data=" + data
                    + " is none: leave classes at fine");
        }
        if (options.decoding().dctScaling() && !source.hasJpegs()) {
            throw new UserException("dct_scaling: only JPEGs are decoded so, and data=" + data + " has none");
        }
        if (Boolean.TRUE.equals(options.decoding().exif()) && !source.hasJpegs()) {
            throw new UserException("exif: only photographs are turned so, and data=" + data + " has none");
        }
        if (options.decoding().background() != Decoding.WHITE && !source.hasJpegs()) {
            throw new UserException(
                    "background: only pictures in files of their own are transparent; data=" + data + " has none");
        }
    }
}
