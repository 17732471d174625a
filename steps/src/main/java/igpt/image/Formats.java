package igpt.image;

import igpt.schema.UserException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which format a folder or archive is in, told by the names of the files in it. */
final class Formats {
    private Formats() {}

    static ImageSource ofFolder(Path folder, SourceOptions options) {
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
        return known == null ? new ImageFolder(folder, options.labels(), options.decoding()) : known;
    }

    static ImageSource ofArchive(Path archive, SourceOptions options) {
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
    static void checkOptions(ImageSource source, String data, SourceOptions options) {
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
