package igpt.bench;

import igpt.config.BenchParameters;
import igpt.config.Project;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.springframework.util.FileSystemUtils;

/** Files to small squares of pixels, as the step {@code decode} does it: drawn JPEGs, or those given. */
final class PrepareBenchmark implements Benchmark {
    private static final String DRAWN = "shapes";
    private static final int WIDTH = 500; // ImageNet's usual size
    private static final int HEIGHT = 375;

    @Override
    public String name() {
        return "prepare";
    }

    @Override
    public String summary() {
        return "decoding and shrinking JPEGs";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        if (!parameters.data().equals(DRAWN)) return measure(parameters, parameters.data());
        var folder = Files.createTempDirectory("igpt-bench");
        try {
            draw(folder, parameters.images());
            return measure(parameters, folder.toString());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private List<Reading> measure(BenchParameters parameters, String data) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        var pool = Executors.newFixedThreadPool(threads);
        try (var source = ImageSource.open(data, SourceOptions.DEFAULT)) {
            var all = source.images();
            var images = all.subList(0, Math.min(all.size(), parameters.images()));
            int size = parameters.imageSize();
            var seconds = Samples.seconds(1, parameters.repeat(), () -> decode(source, images, size, pool));
            var shape = "%d of %s to %d x %d".formatted(images.size(), source.name(), size, size);
            return List.of(new Reading(
                    name(),
                    data.equals(parameters.data()) ? shape : "%d drawn to %d x %2$d".formatted(images.size(), size),
                    "images",
                    seconds.rate(images.size()),
                    "images/s"));
        } finally {
            pool.shutdownNow();
        }
    }

    private static void decode(ImageSource source, List<ImageRef> images, int size, ExecutorService pool)
            throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (var image : images) {
            tasks.add(() -> {
                source.read(image, new byte[3 * size * size], size);
                return null;
            });
        }
        for (var done : pool.invokeAll(tasks)) done.get();
    }

    /** Photographs they are not: colours that change slowly, a figure's edges, and a little noise. */
    private static void draw(Path folder, int count) throws Exception {
        try (var shapes = ImageSource.open(DRAWN, new SourceOptions(0, count, 0, SourceOptions.DEFAULT.labels(), -1))) {
            var rgb = new byte[3 * WIDTH * WIDTH];
            for (var image : shapes.images()) {
                shapes.read(image, rgb, WIDTH);
                write(rgb, folder.resolve("class" + image.label() + "/" + image.id() + ".jpg"));
            }
        }
    }

    private static void write(byte[] rgb, Path file) throws IOException {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int at = 3 * i;
            int colour = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | rgb[at + 2] & 255;
            picture.setRGB(i % WIDTH, i / WIDTH, colour);
        }
        Files.createDirectories(file.resolveSibling(""));
        ImageIO.write(picture, "jpg", file.toFile());
    }
}
