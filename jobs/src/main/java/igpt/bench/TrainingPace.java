package igpt.bench;

import igpt.device.Device;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.train.Batch;
import igpt.train.Trainer;
import java.io.IOException;

/** How fast a training would be, found out by a few iterations of it on random tokens. */
public final class TrainingPace {
    /** Of a large model not even a micro-batch is tried: ten seconds or so of a few cores. */
    private static final double MOST_FLOP = 2e12;

    private static final double ENOUGH_SECONDS = 10;
    private static final int ENOUGH_ITERATIONS = 20;

    private TrainingPace() {}

    /**
     * The seconds of one iteration. Those of a part of the batch are taken for its share of them.
     *
     * @param part images that are computed at a time
     */
    public static double measure(
            ModelConfig config, int batch, int part, boolean recompute, Precision precision, Device device)
            throws IOException {
        int tried = part;
        while (tried % 2 == 0
                && tried / 2 % device.replicas() == 0
                && ModelFlop.ofIteration(config, tried) > MOST_FLOP) {
            tried /= 2;
        }
        var batches = RandomTokens.batches(config, tried, tried);
        var data = Batch.of(config, tried);
        try (var network = new Network(config, tried, device, null, precision)) {
            var trainer = new Trainer(network, tried, Losses.GENERATIVE, recompute);
            network.initialize(0);
            batches.fill(0, data);
            trainer.iterate(0, 0, data); // compiles
            long began = System.nanoTime();
            int iterations = 0;
            double seconds;
            do {
                batches.fill(++iterations, data);
                trainer.iterate(iterations, 0, data);
                seconds = (System.nanoTime() - began) / 1e9;
            } while (seconds < ENOUGH_SECONDS && iterations < ENOUGH_ITERATIONS);
            return seconds / iterations * batch / tried;
        }
    }
}
