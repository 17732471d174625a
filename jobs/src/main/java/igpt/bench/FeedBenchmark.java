package igpt.bench;

import igpt.config.Project;
import igpt.train.Batch;
import java.util.List;

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
        var batches = RandomTokens.batches(config, parameters.images(), batch);
        var into = Batch.of(config, batch);
        var seconds = Samples.seconds(2, parameters.repeat(), () -> {
            for (int i = 0; i < BATCHES; i++) {
                batches.fill(i, into);
            }
        });
        var shape = "B=%d N=%d of %d images".formatted(batch, config.positions(), parameters.images());
        return List.of(new Reading(name(), shape, "images", seconds.rate(BATCHES * batch), "images/s"));
    }
}
