package igpt.prepare;

import igpt.image.PixelFile.Pixels;
import igpt.image.decode.BrokenImageException;
import igpt.recipe.ProgressReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Images read by several threads.
 *
 * @param images in the order asked for, whichever thread was faster
 * @param broken those that could not be read, in that order
 */
record ImageReading(List<Pixels> images, List<Broken> broken) {
    private static final int TASK = 64; // images

    /** @param place as it was asked for */
    record Broken(int place, String reason) {}

    /** Reads one image, by its place; called by many threads. */
    @FunctionalInterface
    interface Reader {
        void read(int place, byte[] rgb, int resolution) throws BrokenImageException;
    }

    static ImageReading of(int[] places, int resolution, Reader reader, int threads, ProgressReporter.Meter meter)
            throws InterruptedException, ExecutionException {
        var whole = new ImageReading(new ArrayList<>(places.length), new ArrayList<>());
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var tasks = new ArrayList<Future<ImageReading>>();
            for (int from = 0; from < places.length; from += TASK) {
                int first = from;
                int last = Math.min(places.length, from + TASK);
                tasks.add(pool.submit(() -> {
                    var some = some(places, first, last, resolution, reader);
                    meter.add(last - first);
                    return some;
                }));
            }
            for (var task : tasks) {
                whole.images.addAll(task.get().images);
                whole.broken.addAll(task.get().broken);
            }
        } finally {
            pool.shutdownNow();
        }
        return whole;
    }

    private static ImageReading some(int[] places, int from, int to, int resolution, Reader reader) {
        var some = new ImageReading(new ArrayList<>(), new ArrayList<>());
        for (int i = from; i < to; i++) {
            byte[] rgb = new byte[3 * resolution * resolution];
            try {
                reader.read(places[i], rgb, resolution);
                some.images.add(new Pixels(places[i], rgb));
            } catch (BrokenImageException e) {
                some.broken.add(new Broken(places[i], e.reason()));
            }
        }
        return some;
    }
}
