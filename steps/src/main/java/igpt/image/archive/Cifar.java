package igpt.image.archive;

import igpt.image.Fingerprint;
import igpt.image.Labels;
import igpt.schema.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CIFAR-10's or CIFAR-100's binary version, as its folder or as the official archive; see {@link CifarLayout}. */
public final class Cifar extends InMemory {
    private final CifarLayout layout;
    private final Path path;

    public Cifar(CifarLayout layout, Path folderOrArchive) {
        this.layout = layout;
        path = folderOrArchive;
    }

    /** What lies in this folder, or in the one inside it that the archive unpacks to; else null. */
    public static @Nullable Cifar find(Path folder, Labels labels) {
        for (var layout : List.of(CifarLayout.CIFAR_10, CifarLayout.cifar100(labels))) {
            for (var candidate : List.of(folder, folder.resolve(layout.folder()))) {
                if (layout.batches().stream().anyMatch(batch -> Files.isRegularFile(candidate.resolve(batch)))) {
                    return new Cifar(layout, candidate);
                }
            }
        }
        refusePython(folder, "cifar-10-batches-py", List.of("data_batch_1"), CifarLayout.CIFAR_10);
        refusePython(folder, "cifar-100-python", List.of("meta", "train"), CifarLayout.cifar100(labels));
        return null;
    }

    private static void refusePython(Path folder, String inside, List<String> files, CifarLayout layout) {
        for (var candidate : List.of(folder, folder.resolve(inside))) {
            if (files.stream().allMatch(file -> Files.isRegularFile(candidate.resolve(file)))) {
                throw python(candidate, layout);
            }
        }
    }

    public static UserException python(Path found, CifarLayout layout) {
        return new UserException("data: " + found + " is " + layout.title() + "'s Python version: get the binary one, "
                + layout.archive());
    }

    @Override
    public String name() {
        return layout.name();
    }

    @Override
    public @Nullable String published() {
        return layout.isPublished() ? layout.name() : null;
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint(layout.name() + " binary 1");
        fingerprint.add(path, layout.files());
        return fingerprint.sha256();
    }

    @Override
    Contents load() {
        return CifarBatches.load(layout, path);
    }
}
