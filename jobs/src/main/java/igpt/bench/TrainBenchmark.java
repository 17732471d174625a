package igpt.bench;

import igpt.config.Project;
import igpt.device.MemoryNeeds;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.train.Batch;
import igpt.train.Trainer;
import java.nio.file.Path;
import java.util.List;

/** Training iterations on random tokens, each of them fed. */
final class TrainBenchmark implements Benchmark {
    private static final int WARM_UP = 1; // after the first, which compiles
    private static final int TRACED = 3;
    private static final double RATE = 0.001;
    private static final double GIB = 1L << 30;

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String summary() {
        return "training iterations";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var config = parameters.config(project.config());
        int batch = parameters.batch();
        var device = parameters.findDevice();
        MemoryNeeds.check(config, parameters.part(), parameters.recompute(), parameters.precision(), device);
        var timeline = parameters.timeline().isEmpty() ? null : new Timeline(Path.of(parameters.timeline()));
        var needs = MemoryNeeds.ofTraining(
                config, parameters.part() / device.replicas(), parameters.recompute(), parameters.precision());
        var data = Batch.of(config, batch);
        var batches = RandomTokens.batches(config, parameters.images(), batch);
        batches.fill(0, data);
        long began = System.nanoTime();
        try (var network = new Network(config, parameters.part(), device, null, parameters.precision())) {
            var trainer = new Trainer(network, batch, Losses.GENERATIVE, parameters.recompute());
            network.initialize(0);
            trainer.iterate(0, RATE, data);
            double start = (System.nanoTime() - began) / 1e9;
            var iteration = new int[] {0};
            Samples.Work fill = () -> batches.fill(++iteration[0], data);
            Samples.Work train = () -> trainer.iterate(iteration[0], RATE, data);
            double busyBefore = trainer.secondsBusy();
            long loop = System.nanoTime();
            var seconds = Samples.seconds(WARM_UP, parameters.repeat(), () -> {
                fill.run();
                train.run();
            });
            double busy = (trainer.secondsBusy() - busyBefore) * 1e9 / (System.nanoTime() - loop);
            var shape = shape(parameters, config);
            double flop = ModelFlop.ofIteration(config, batch);
            var ceiling = parameters.precision() == Precision.FLOAT32 ? Ceiling.FLOAT32 : Ceiling.BFLOAT16;
            var readings = List.of(
                    new Reading(name(), shape, "iteration", seconds.map(s -> 1e3 * s), "ms"),
                    new Reading(name(), shape, "images", seconds.rate(batch), "images/s"),
                    new Reading(name(), shape, "model flop", seconds.rate(flop / 1e9), "GFLOP/s", ceiling),
                    new Reading(name(), shape, "device waits for its batch", Samples.of(100 * (1 - busy)), "%"),
                    new Reading(name(), shape, "start to first iteration", Samples.of(start), "s"),
                    new Reading(name(), shape, "peak memory", Samples.of(Machine.peakMemory() / GIB), "GiB"),
                    new Reading(name(), shape, "of it library files", Samples.of(Machine.fileMemory() / GIB), "GiB"),
                    new Reading(name(), shape, "memory needed", Samples.of(needs.total() / GIB), "GiB"));
            if (timeline != null) {
                trainer.observe(timeline::add);
                for (int i = 0; i < TRACED; i++) {
                    timeline.record("fill the batch", fill);
                    timeline.record("iterate", train);
                }
                timeline.write();
            }
            return readings;
        }
    }

    /** Axes: b images, n positions, d width, h heads, l layers, v colours. */
    private static String shape(BenchParameters parameters, ModelConfig config) {
        return "B=%d N=%d D=%d H=%d L=%d V=%d%s%s%s%s"
                .formatted(
                        parameters.batch(),
                        config.positions(),
                        config.width(),
                        config.heads(),
                        config.layers(),
                        config.colours(),
                        config.causal() ? "" : " bert",
                        parameters.part() == parameters.batch() ? "" : " micro_batch=" + parameters.part(),
                        parameters.recompute() ? " recompute" : "",
                        parameters.precision() == Precision.FLOAT32 ? "" : " bfloat16");
    }
}
