package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.device.Device;
import igpt.graph.Network;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Precision;
import igpt.model.Weight;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
    @ParameterizedTest
    @CsvSource({"AR, false", "BERT, false", "AR, true"})
    void inBfloat16TheGradientIsThatOfFloat32ToAHundredthOfItsNorm(
            Objective objective, boolean recompute, @TempDir Path folder) {
        ModelConfig config = new ModelConfig(2, 32, 2, 144, 16, objective);
        Path start = folder.resolve("weights");
        try (Network network = new Network(config, RandomTraining.BATCH, 2)) {
            Trainer trainer = new Trainer(network);
            network.initialize(1);
            RandomTraining.iterate(trainer, config, 0, 10); // at the very start all gradients but the logits' are zero
            network.save(start);
        }
        Map<String, float[]> plain = gradients(config, start, recompute, Precision.FLOAT32);
        Map<String, float[]> rounded = gradients(config, start, recompute, Precision.BFLOAT16);
        double norm = 0;
        double difference = 0;
        for (Map.Entry<String, float[]> weight : plain.entrySet()) {
            float[] other = Objects.requireNonNull(rounded.get(weight.getKey()));
            for (int i = 0; i < other.length; i++) {
                norm += (double) weight.getValue()[i] * weight.getValue()[i];
                difference += Math.pow((double) weight.getValue()[i] - other[i], 2);
            }
        }
        assertThat(Math.sqrt(difference)).isPositive().isLessThan(1e-2 * Math.sqrt(norm));
    }

    /** By what one update adds to Adam's first moment: a tenth of the gradient. */
    private static Map<String, float[]> gradients(
            ModelConfig config, Path start, boolean recompute, Precision precision) {
        Map<String, float[]> gradients = new HashMap<>();
        try (Network network = new Network(config, RandomTraining.BATCH, Device.cpu(2), null, precision)) {
            Trainer trainer = new Trainer(network, RandomTraining.BATCH, Losses.GENERATIVE, recompute);
            network.initialize(1);
            network.restoreWeights(start);
            RandomTraining.iterate(trainer, config, 10, 11);
            for (Weight weight : network.weights()) {
                gradients.put(weight.name(), network.get(weight.name() + "/Adam"));
            }
        }
        return gradients;
    }
}
