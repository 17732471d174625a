package igpt.image.archive;

import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.decode.AreaAverage;
import igpt.image.decode.Crop;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images whose files lie in memory as a whole, read when the first is asked for. */
abstract class InMemory implements ImageSource {
    private @Nullable Contents contents;

    /** What the files hold, checked. */
    interface Contents {
        List<String> classes();

        int images();

        ImageRef ref(int id);

        Picture picture(int id);
    }

    /** @param rgb height × width × 3 */
    record Picture(byte[] rgb, int width, int height) {}

    abstract Contents load();

    @Override
    public final List<String> classes() {
        return contents().classes();
    }

    @Override
    public final List<ImageRef> images() {
        var loaded = contents();
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

    @Override
    public final void read(ImageRef ref, Crop crop, byte[] rgb, int resolution) {
        var picture = contents().picture(Math.toIntExact(ref.id()));
        var window = crop.window(picture.width(), picture.height());
        new AreaAverage(resolution).average(picture.rgb(), picture.width(), window, rgb);
    }

    private synchronized Contents contents() {
        var loaded = contents;
        if (loaded == null) {
            loaded = load();
            contents = loaded;
        }
        return loaded;
    }

    @Override
    public final synchronized void close() {
        contents = null;
    }
}
