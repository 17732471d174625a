package igpt.bench;

import igpt.config.BenchParameters;
import igpt.config.Project;
import igpt.train.Augmentation;
import igpt.train.Batch;
import igpt.train.Batches;
import igpt.train.Masks;
import igpt.train.Tokens;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;

/** Batches in random order from a file of tokens that lies in the page cache, on one thread. */
final class FeedBenchmark implements Benchmark {
    private static final int BATCHES = 200; // a sample

    @Override
    public String name() {
        return "feed";
    }

    @Override
    public String summary() {
        return "batches of tokens from a dataset's cache";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var config = parameters.config(project.config());
        int batch = parameters.batch();
        var file = Files.createTempFile("igpt-bench", ".tokens");
        try {
            Files.write(file, tokens(parameters.images() * config.positions(), config.colours()));
            var masks = new Masks(0.15, 0);
            var batches =
                    new Batches(Tokens.map(file, config.positions()), new int[0], batch, 0, masks, Augmentation.NONE);
            var into = Batch.of(config, batch);
            var seconds = Samples.seconds(2, parameters.repeat(), () -> {
                for (int i = 0; i < BATCHES; i++) batches.fill(i, into);
            });
            var shape = "B=%d N=%d of %d images".formatted(batch, config.positions(), parameters.images());
            return List.of(new Reading(name(), shape, "images", seconds.rate(BATCHES * batch), "images/s"));
        } finally {
            Files.delete(file);
        }
    }

    /** Little-endian uint16. */
    private static byte[] tokens(int count, int colours) {
        var random = new Random(0);
        var bytes = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            int token = random.nextInt(colours);
            bytes[2 * i] = (byte) token;
            bytes[2 * i + 1] = (byte) (token >> 8);
        }
        return bytes;
    }
}
