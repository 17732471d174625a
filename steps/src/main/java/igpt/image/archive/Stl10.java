package igpt.image.archive;

import igpt.image.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labelled part of STL-10's binary version, as its folder or as the official archive; see {@link StlFiles}. */
public final class Stl10 extends InMemory {
    private static final String NAME = "stl10";

    private final Path path;
    private final int fold;

    /** @param fold whose images alone are the training images; -1: all are */
    public Stl10(Path folderOrArchive, int fold) {
        path = folderOrArchive;
        this.fold = fold;
    }

    /** What lies in this folder, or in the one inside it that the archive unpacks to; else null. */
    public static @Nullable Stl10 find(Path folder, int fold) {
        for (var candidate : List.of(folder, folder.resolve("stl10_binary"))) {
            if (StlFiles.IMAGES.stream().anyMatch(name -> Files.isRegularFile(candidate.resolve(name)))) {
                return new Stl10(candidate, fold);
            }
        }
        return null;
    }

    @Override
    public String name() {
        return fold < 0 ? NAME : NAME + "-fold" + fold;
    }

    @Override
    public String published() {
        return NAME;
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint("stl10 binary 1");
        fingerprint.add("fold " + fold);
        fingerprint.add(path, StlFiles.wanted(fold));
        return fingerprint.sha256();
    }

    @Override
    Contents load() {
        return StlFiles.load(path, fold);
    }
}
