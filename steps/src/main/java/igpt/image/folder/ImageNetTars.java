package igpt.image.folder;

import igpt.image.ImageRef;
import igpt.image.archive.Packed;
import igpt.image.archive.TarFile;
import igpt.image.archive.TarFile.Entry;
import igpt.image.decode.BrokenImageException;
import igpt.image.decode.Decoding;
import igpt.image.folder.FolderLayout.Labelled;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * ImageNet's ILSVRC 2012 as it is published: a tar of a tar for each class. Nothing is unpacked; images are read where
 * they lie. Order, labels and pixels are those of the same files unpacked to {@code train/WNID/…} and {@code
 * val/WNID/…}. Beside the training tar may lie the validation tar, whose images are the test images, with the devkit
 * ({@link Devkit}) that tells their classes; without it a tenth of the training images is held out.
 */
public final class ImageNetTars extends Photographs {
    static final String TRAIN = "ILSVRC2012_img_train.tar";
    private static final String VAL = "ILSVRC2012_img_val.tar";
    private static final String VAL_NAME = "ILSVRC2012_val_(\\d{8})\\.JPEG";

    private final Path trainTar;
    private final Path valTar;
    private final Devkit devkit;
    private @Nullable Opened opened;

    /** The archives, and by an image's source where it lies. */
    private record Opened(TarFile train, @Nullable TarFile val, Map<String, Entry> entries, FolderLayout layout) {}

    public ImageNetTars(Path trainTar, Decoding decoding) {
        super(decoding, true);
        this.trainTar = trainTar;
        valTar = trainTar.resolveSibling(VAL);
        devkit = new Devkit(Objects.requireNonNullElse(trainTar.toAbsolutePath().getParent(), trainTar));
    }

    public static @Nullable ImageNetTars find(Path folder, Decoding decoding) {
        if (Files.isRegularFile(folder.resolve(TRAIN))) {
            return new ImageNetTars(folder.resolve(TRAIN), decoding);
        }
        if (Files.isRegularFile(folder.resolve(VAL)) && !Files.isDirectory(folder.resolve("train"))) {
            throw new UserException("data: " + TRAIN + " is missing in " + folder + ": put it next to " + VAL);
        }
        return null;
    }

    /** Whether a class's tar is called so. */
    public static boolean isClass(String name) {
        return name.matches("n\\d{8}\\.tar");
    }

    /** Whether these are its classes, of WordNet's numbers. */
    static boolean areClasses(List<String> names) {
        return !names.isEmpty() && names.stream().allMatch(name -> name.matches("n\\d{8}"));
    }

    @Override
    public String name() {
        return IMAGENET;
    }

    @Override
    FolderLayout layout() {
        return opened().layout;
    }

    @Override
    byte[] bytes(ImageRef ref) throws BrokenImageException {
        var archives = opened();
        var entry = Objects.requireNonNull(archives.entries.get(ref.source()));
        try {
            var archive = ref.source().startsWith("val/") ? Objects.requireNonNull(archives.val) : archives.train;
            return archive.read(entry);
        } catch (IOException e) {
            throw new BrokenImageException(ref.source(), "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String fingerprint() {
        var fingerprint = fingerprint("imagenet tars 1");
        fingerprint.add(TRAIN, trainTar);
        if (Files.exists(valTar)) {
            fingerprint.add(VAL, valTar);
            devkit.addTo(fingerprint);
        }
        return fingerprint.sha256();
    }

    private synchronized Opened opened() {
        var known = opened;
        if (known == null) {
            known = Packed.explained(trainTar, this::open);
            opened = known;
        }
        return known;
    }

    private Opened open() throws IOException {
        var entries = new HashMap<String, Entry>();
        var classes = new ArrayList<String>();
        var train = new TarFile(trainTar);
        var trainImages = list(train, classes, entries);
        if (!Files.exists(valTar)) {
            return new Opened(train, null, entries, FolderLayout.holdOut(classes, trainImages, trainTar));
        }
        return Packed.explained(valTar, () -> {
            var val = new TarFile(valTar);
            var valImages = list(val, devkit.validationClasses(), classes, entries);
            return new Opened(train, val, entries, FolderLayout.of(classes, trainImages, valImages, trainTar));
        });
    }

    /** The training images. Their headers lie far apart, so several are awaited at once. */
    private static List<Labelled> list(TarFile train, List<String> classes, Map<String, Entry> entries)
            throws IOException {
        var tars = train.entries().stream()
                .filter(entry -> isClass(entry.name()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
        tars.forEach(tar -> classes.add(tar.name().replace(".tar", "")));
        var byClass = tars.parallelStream().map(tar -> list(train, tar)).toList();
        var images = new ArrayList<Labelled>();
        for (int label = 0; label < classes.size(); label++) {
            for (var entry : byClass.get(label)) {
                var source = "train/" + classes.get(label) + "/" + entry.name();
                entries.put(source, entry);
                images.add(new Labelled(source, label));
            }
        }
        return images;
    }

    private static List<Entry> list(TarFile train, Entry tar) {
        return Packed.explained(Path.of(tar.name()), () -> train.entries(tar));
    }

    /** The validation images, whose classes stand elsewhere, by their number. */
    private List<Labelled> list(TarFile val, List<String> truth, List<String> classes, Map<String, Entry> entries)
            throws IOException {
        var labels = new HashMap<String, Integer>();
        IntStream.range(0, classes.size()).forEach(label -> labels.put(classes.get(label), label));
        var images = new ArrayList<Labelled>();
        for (var entry : val.entries()) {
            if (!entry.name().matches(VAL_NAME)) {
                continue;
            }
            int number = Integer.parseInt(entry.name().replaceFirst(VAL_NAME, "$1"));
            if (number < 1 || number > truth.size()) {
                throw new UserException(
                        "data: " + entry.name() + " in " + valTar + " has no label: the devkit has " + truth.size());
            }
            var wnid = truth.get(number - 1);
            var label = labels.get(wnid);
            if (label == null) {
                throw new UserException("data: " + entry.name() + " in " + valTar + " is of class " + wnid + ", which "
                        + trainTar + " lacks: get both again");
            }
            var source = "val/" + wnid + "/" + entry.name();
            entries.put(source, entry);
            images.add(new Labelled(source, label));
        }
        if (images.isEmpty()) {
            throw new UserException("data: " + valTar + " holds no ILSVRC2012_val_….JPEG: get it again");
        }
        return images;
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        if (opened != null) {
            opened.train.close();
            if (opened.val != null) {
                opened.val.close();
            }
            opened = null;
        }
    }
}
