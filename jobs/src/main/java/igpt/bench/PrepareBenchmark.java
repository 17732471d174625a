package igpt.bench;

import igpt.config.Project;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.decode.Decoding;
import igpt.image.format.Formats;
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

/**
 * Files to small squares of pixels, as the step {@code decode} does it: drawn JPEGs, or those given. JPEGs also with
 * {@code dct_scaling}, and how far that is from the exact pixels and tokens.
 */
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
        if (!parameters.data().equals(DRAWN)) {
            return measure(parameters, parameters.data());
        }
        var folder = Files.createTempDirectory("igpt-bench");
        try {
            draw(folder, parameters.images());
            return measure(parameters, folder.toString());
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private List<Reading> measure(BenchParameters parameters, String data) throws Exception {
        var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (var exact = Formats.open(data, SourceOptions.DEFAULT)) {
            var all = exact.images();
            var images = all.subList(0, Math.min(all.size(), parameters.images()));
            int size = parameters.imageSize();
            var drawn = !data.equals(parameters.data());
            var shape = "%d %s to %d x %3$d".formatted(images.size(), drawn ? "drawn" : "of " + exact.name(), size);
            var readings = new ArrayList<>(List.of(rate(shape, exact, images, parameters, pool)));
            if (exact.hasJpegs()) {
                try (var scaled = Formats.open(data, SourceOptions.DEFAULT.withDctScaling())) {
                    var scaledShape = shape + ", dct_scaling";
                    readings.add(rate(scaledShape, scaled, images, parameters, pool));
                    var difference = Difference.between(
                            decode(exact, images, size, pool),
                            decode(scaled, images, size, pool),
                            parameters.colours());
                    readings.add(new Reading(
                            name(), scaledShape, "mean pixel difference", Samples.of(difference.mean()), "of 255"));
                    readings.add(new Reading(
                            name(), scaledShape, "tokens changed", Samples.of(100 * difference.tokens()), "%"));
                }
            }
            return readings;
        } finally {
            pool.shutdownNow();
        }
    }

    private Reading rate(
            String shape, ImageSource source, List<ImageRef> images, BenchParameters parameters, ExecutorService pool)
            throws Exception {
        var seconds =
                Samples.seconds(1, parameters.repeat(), () -> decode(source, images, parameters.imageSize(), pool));
        return new Reading(name(), shape, "images", seconds.rate(images.size()), "images/s");
    }

    private static List<byte[]> decode(ImageSource source, List<ImageRef> images, int size, ExecutorService pool)
            throws Exception {
        var tasks = new ArrayList<Callable<byte[]>>();
        for (var image : images) {
            tasks.add(() -> {
                var rgb = new byte[3 * size * size];
                source.read(image, rgb, size);
                return rgb;
            });
        }
        var decoded = new ArrayList<byte[]>();
        for (var done : pool.invokeAll(tasks)) {
            decoded.add(done.get());
        }
        return decoded;
    }

    /** Photographs they are not: colours that change slowly, a figure's edges, and a little noise. */
    private static void draw(Path folder, int count) throws Exception {
        try (var shapes = Formats.open(
                DRAWN, new SourceOptions(0, count, 0, SourceOptions.DEFAULT.labels(), -1, Decoding.DEFAULT))) {
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
