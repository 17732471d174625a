package igpt.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labelled part of STL-10's binary version, as its folder or as the official archive; see {@link StlFiles}. */
final class Stl10 implements ImageSource {
    private final Path path;
    private final int fold;
    private @Nullable StlFiles files;

    /** @param fold whose images alone are the training images; -1: all are */
    Stl10(Path folderOrArchive, int fold) {
        path = folderOrArchive;
        this.fold = fold;
    }

    /** What lies in this folder, or in the one inside it that the archive unpacks to; else null. */
    static @Nullable Stl10 find(Path folder, int fold) {
        for (var candidate : List.of(folder, folder.resolve("stl10_binary"))) {
            if (StlFiles.IMAGES.stream().anyMatch(name -> Files.isRegularFile(candidate.resolve(name)))) {
                return new Stl10(candidate, fold);
            }
        }
        return null;
    }

    @Override
    public String name() {
        return fold < 0 ? "stl10" : "stl10-fold" + fold;
    }

    @Override
    public List<String> classes() {
        return files().classes();
    }

    @Override
    public List<ImageRef> images() {
        var loaded = files();
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                return loaded.ref(id);
            }

            @Override
            public int size() {
                return loaded.images();
            }
        };
    }

    /** The planes of a file run down the columns. */
    @Override
    public void read(ImageRef ref, Crop crop, byte[] rgb, int resolution) {
        int side = StlFiles.SIDE;
        var planes = files().planes(Math.toIntExact(ref.id()));
        var pixels = new byte[3 * side * side];
        for (int c = 0; c < 3; c++) {
            for (int x = 0; x < side; x++) {
                for (int y = 0; y < side; y++) {
                    pixels[3 * (y * side + x) + c] = planes.get((c * side + x) * side + y);
                }
            }
        }
        new AreaAverage(resolution).average(pixels, side, crop.window(side, side), rgb);
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint("stl10 binary 1");
        fingerprint.add("fold " + fold);
        fingerprint.add(path, StlFiles.wanted(fold));
        return fingerprint.sha256();
    }

    private synchronized StlFiles files() {
        var loaded = files;
        if (loaded == null) {
            loaded = StlFiles.load(path, fold);
            files = loaded;
        }
        return loaded;
    }

    @Override
    public synchronized void close() {
        files = null;
    }
}
