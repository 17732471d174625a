package igpt.train;

import igpt.model.ModelConfig;
import igpt.model.Network;
import igpt.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Times training iterations and tells the most memory the process had: {@code TrainBenchmark B=4 N=1024 D=128 H=4 L=8
 * V=512 STEPS=8 RECOMPUTE=0}. Give the process the environment that the launcher gives it (XLA_FLAGS, MALLOC_…).
 */
final class TrainBenchmark {
    private TrainBenchmark() {}

    /** As the system counts it: {@code VmHWM: 1234 kB}. */
    private static String mostMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, Integer> given = new HashMap<>(Map.of("B", 4, "N", 1024, "D", 128, "H", 4, "L", 8, "V", 512));
        given.put("STEPS", 8);
        given.put("RECOMPUTE", 0);
        for (String argument : arguments) {
            given.put(argument.split("=")[0], Integer.parseInt(argument.split("=")[1]));
        }
        int b = given.getOrDefault("B", 0);
        int n = given.getOrDefault("N", 0);
        ModelConfig config = new ModelConfig(
                given.getOrDefault("L", 0),
                given.getOrDefault("D", 0),
                given.getOrDefault("H", 0),
                n,
                given.getOrDefault("V", 0));
        try (Network network = new Network(config, b, Runtime.getRuntime().availableProcessors())) {
            Trainer trainer = new Trainer(network, b, Losses.GENERATIVE, given.getOrDefault("RECOMPUTE", 0) == 1);
            network.initialize(0);
            Random random = new Random(0);
            double[] seconds = new double[given.getOrDefault("STEPS", 0)];
            for (int i = 0; i < seconds.length; i++) {
                int[] tokens = random.ints((long) b * n, 0, config.colours()).toArray();
                long start = System.nanoTime();
                trainer.iterate(i, 0.001, new Batch(tokens, new float[0], new int[0]));
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            double[] warm = Arrays.copyOfRange(seconds, 2, seconds.length); // without compilation
            Arrays.sort(warm);
            double median = warm[warm.length / 2];
            double weights = Weights.count(config) - (double) (n + config.colours()) * config.width();
            double flop = (6 * weights + 6.0 * config.layers() * config.width() * n) * b * n; // causal, counted once
            System.out.printf(
                    "igpt: %.3f s/iteration, %.2f images/s, %.1f GFLOP/s of the model; first iteration %.1f s; %s%n",
                    median, b / median, flop / median / 1e9, seconds[0], mostMemory());
        }
    }
}
