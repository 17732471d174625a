package igpt.bench;

import igpt.config.Project;
import igpt.generate.ImageGenerator;
import igpt.generate.TokenSampler;
import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.model.Sequences;
import java.util.List;
import java.util.stream.LongStream;

/** Whole images drawn, next to forward passes over as many, each in turn. */
final class SampleBenchmark implements Benchmark {
    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String summary() {
        return "drawing images, next to forward passes";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var any = parameters.config(project.config());
        // BERT has no order to draw in
        var config = new ModelConfig(any.layers(), any.width(), any.heads(), any.positions(), any.colours());
        int batch = parameters.batch();
        var device = parameters.findDevice();
        var sequences = new Sequences(new int[batch * config.positions()], new float[0]);
        var prompts = LongStream.range(0, batch)
                .mapToObj(image -> new ImageGenerator.Prompt(image, 0, new int[0]))
                .toList();
        long began = System.nanoTime();
        try (var network = new Network(config, batch, device, null, Precision.FLOAT32)) {
            var decoder = new Decoder(network, batch);
            var generator = new ImageGenerator(network, decoder, TokenSampler.EXACT, 0);
            network.initialize(0);
            generator.draw(prompts, () -> {});
            double first = (System.nanoTime() - began) / 1e9;
            network.evaluate(sequences);
            var passes = new double[parameters.repeat()];
            var drawn = new double[parameters.repeat()];
            var ratios = new double[parameters.repeat()];
            for (int i = 0; i < parameters.repeat(); i++) {
                passes[i] =
                        Samples.seconds(0, 3, () -> network.evaluate(sequences)).lowest();
                drawn[i] = Samples.seconds(0, 1, () -> generator.draw(prompts, () -> {}))
                        .lowest();
                ratios[i] = drawn[i] / passes[i];
            }
            var shape = "B=%d N=%d D=%d H=%d L=%d V=%d"
                    .formatted(
                            batch,
                            config.positions(),
                            config.width(),
                            config.heads(),
                            config.layers(),
                            config.colours());
            return List.of(
                    new Reading(name(), shape, "images", Samples.of(drawn).rate(batch), "images/s"),
                    new Reading(
                            name(), shape, "forward pass", Samples.of(passes).map(s -> 1e3 * s), "ms"),
                    new Reading(name(), shape, "drawing", Samples.of(drawn).map(s -> 1e3 * s), "ms"),
                    new Reading(name(), shape, "drawing in forward passes", Samples.of(ratios), ""),
                    new Reading(name(), shape, "start and first images", Samples.of(first), "s"));
        }
    }
}
