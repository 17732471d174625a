package igpt.image.folder;

import igpt.image.Fingerprint;
import igpt.image.archive.Packed;
import igpt.schema.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The classes of ImageNet's validation images: a line of the ground truth is an image's ILSVRC2012_ID, and {@code
 * meta.mat} tells which WordNet class that is. Both stand in the official devkit, as its archive or unpacked.
 */
final class Devkit {
    private static final String ARCHIVE = "ILSVRC2012_devkit_t12.tar.gz";
    private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";
    private static final String META = "meta.mat";
    private static final List<String> FILES = List.of(TRUTH, META);

    private final Path folder;

    /** @param folder that holds the tars of images */
    Devkit(Path folder) {
        this.folder = folder;
    }

    /** Of image 1, 2, … the WordNet id: {@code n01440764}. */
    List<String> validationClasses() {
        var found = find();
        if (found == null) {
            throw new UserException("data: the validation images in " + folder + " have no labels: put " + ARCHIVE
                    + " next to them, or move them away to hold out a tenth of the training images");
        }
        var files = Packed.read(found, FILES);
        for (var name : FILES) {
            if (!files.containsKey(name)) {
                throw new UserException("data: " + name + " is missing in " + found + ": get " + ARCHIVE + " again");
            }
        }
        var wnids = wnids(Objects.requireNonNull(files.get(META)), found);
        return Packed.lines(Objects.requireNonNull(files.get(TRUTH))).stream()
                .map(id -> {
                    var wnid = wnids.get(id);
                    if (wnid == null) {
                        throw new UserException("data: " + TRUTH + " in " + found + " names class " + id + ", which "
                                + META + " lacks: get " + ARCHIVE + " again");
                    }
                    return wnid;
                })
                .toList();
    }

    private static Map<String, String> wnids(byte[] meta, Path found) {
        try {
            var synsets = MatStruct.read(meta, "ILSVRC2012_ID", "WNID");
            var wnids = new HashMap<String, String>();
            synsets.forEach(synset -> wnids.put(synset.get(0), synset.get(1)));
            return wnids;
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "data: " + META + " in " + found + " cannot be read (" + e.getMessage() + "): get " + ARCHIVE
                            + " again",
                    e);
        }
    }

    void addTo(Fingerprint fingerprint) {
        var found = find();
        if (found != null) {
            fingerprint.add(found, FILES);
        }
    }

    /** The archive, or the folder with the two files. */
    private @Nullable Path find() {
        var unpacked = List.of(
                folder,
                folder.resolve("data"),
                folder.resolve("ILSVRC2012_devkit_t12").resolve("data"));
        for (var candidate : unpacked) {
            if (Files.exists(candidate.resolve(TRUTH))) {
                return candidate;
            }
        }
        var archive = folder.resolve(ARCHIVE);
        return Files.exists(archive) ? archive : null;
    }
}
