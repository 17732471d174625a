package igpt.image;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes and shrinks a folder's images with two threads, as the {@code decode} step does, three times over: {@code
 * FOLDER RESOLUTION}. To be run in turn with Pillow doing the same with two processes.
 */
final class DecodeBenchmark {
    private static final int THREADS = 2;

    private DecodeBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int resolution = Integer.parseInt(arguments[1]);
        var threads = Executors.newFixedThreadPool(THREADS);
        try (var source = ImageSource.open(arguments[0], SourceOptions.DEFAULT)) {
            List<ImageRef> images = source.images();
            for (int round = 0; round < 3; round++) {
                long began = System.nanoTime();
                List<Callable<Void>> tasks = new ArrayList<>();
                for (ImageRef image : images) {
                    tasks.add(() -> {
                        source.read(image, new byte[3 * resolution * resolution], resolution);
                        return null;
                    });
                }
                for (Future<Void> task : threads.invokeAll(tasks)) {
                    task.get();
                }
                System.out.printf(
                        "%.0f images/s over %d files%n",
                        images.size() / ((System.nanoTime() - began) / 1e9), images.size());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
