package igpt.forecast;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.device.MemoryNeeds;
import igpt.forecast.Trial.Took;
import igpt.graph.Decoder;
import igpt.graph.Network;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.prepare.NewImages;
import igpt.prepare.Preparation;
import igpt.recipe.RunContext;
import igpt.sample.SampleParameters;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long drawing takes: a batch of images at a few of their positions, by random weights. */
public final class DrawingTrial {
    private static final int POSITIONS = 8; // tried: the later ones see more

    private DrawingTrial() {}

    public static Trial of(RunContext run, JdbcClient jdbc) {
        var parameters = run.parameters(SampleParameters.class);
        long images = parameters.samples() + (long) parameters.completions() * completed(run, jdbc);
        int batch = (int) Math.min(images, parameters.sampleBatch());
        double batches = Math.ceil((double) images / parameters.sampleBatch());
        return new Trial(batches, Counts.of(batch, "image"), () -> measure(TrainingShape.model(run, jdbc), run));
    }

    /** How many images there are to complete. */
    private static long completed(RunContext run, JdbcClient jdbc) {
        var parameters = run.parameters(SampleParameters.class);
        if (!parameters.completes()) {
            return 0;
        }
        if (parameters.completesDataset()) {
            return Math.min(parameters.prompts(), ShowingTrial.rows(run, jdbc, List.of(parameters.complete())));
        }
        var artifacts = new Artifacts(jdbc);
        var model = artifacts.find(MODEL.kind(), MODEL.fingerprint(run)).orElseThrow();
        var preparation = Preparation.of(model, artifacts, new Datasets(jdbc));
        try (var own = NewImages.open(parameters.complete(), NewImages.Which.ALL, preparation)) {
            return Math.min(parameters.prompts(), own.count());
        } catch (IOException e) {
            return parameters.prompts();
        }
    }

    private static Took measure(ModelConfig config, RunContext run) throws IOException {
        var parameters = run.parameters(SampleParameters.class);
        int sequences = Decoder.sequences(parameters.sampleBatch());
        var device = run.device().sharing(sequences);
        MemoryNeeds.checkDrawing(config, sequences, device);
        double once = 0;
        double each = 0;
        try (var network = new Network(config, sequences, device, null, Precision.FLOAT32)) {
            var decoder = new Decoder(network, sequences);
            network.initialize(0);
            int tried = Math.min(POSITIONS, config.positions());
            for (int i = 0; i < tried; i++) {
                int at = (int) ((i + 0.5) * config.positions() / tried);
                var took = Pace.of(() -> draw(decoder, at, config.colours(), parameters));
                once += took.once();
                each += took.each() * config.positions() / tried;
            }
        }
        return new Took(once, each);
    }

    private static void draw(Decoder decoder, int at, int colours, SampleParameters parameters) {
        var sampler = parameters.sampler();
        float[] logits = decoder.logits(at, new int[decoder.sequences()]);
        for (int row = 0; row < decoder.sequences(); row++) {
            sampler.draw(logits, row * colours, colours, 0.5);
        }
    }
}
