package igpt.train;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.device.Device;
import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.Losses;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;

/** Each network here is compiled again, as by a process that has kept nothing. */
class TrainingRestartTest {
    @ParameterizedTest
    @CsvSource({
        "AR, 4, false, 1",
        "BERT, 4, false, 1",
        "AR, 2, false, 1",
        "BERT, 2, false, 1",
        "AR, 4, true, 1",
        "BERT, 2, true, 1",
        "AR, 2, false, 2",
        "AR, 4, false, 2"
    })
    void aTrainingFromACheckpointGoesOnToTheSameBits(
            Objective objective, int microBatch, boolean recompute, int replicas, @TempDir Path folder) {
        ModelConfig config = new ModelConfig(2, 16, 2, 16, 4, objective);
        Device device = Device.cpus(replicas, 2);
        Map<String, float[]> straight;
        try (Network network = new Network(config, microBatch, device, null, Precision.FLOAT32)) {
            Trainer trainer = new Trainer(network, RandomTraining.BATCH, Losses.GENERATIVE, recompute);
            network.initialize(1);
            RandomTraining.iterate(trainer, config, 0, 3);
            network.save(folder.resolve("weights"));
            RandomTraining.iterate(trainer, config, 3, 30);
            straight = RandomTraining.weights(network);
        }
        try (Network network = new Network(config, microBatch, device, null, Precision.FLOAT32)) {
            Trainer trainer = new Trainer(network, RandomTraining.BATCH, Losses.GENERATIVE, recompute);
            network.restore(folder.resolve("weights"));
            RandomTraining.iterate(trainer, config, 3, 30);
            RandomTraining.weights(network)
                    .forEach((name, values) -> assertThat(values).as(name).isEqualTo(straight.get(name)));
        }
    }

    /** Another graph adds up in another order, and a killed run would end in other bits. */
    @ParameterizedTest
    @CsvSource({"AR, false", "BERT, false", "AR, true"})
    void theGraphIsTheSameEachTimeItIsBuilt(Objective objective, boolean recompute) {
        ModelConfig config = new ModelConfig(2, 16, 2, 1024, 7, objective); // eight blocks of queries
        List<String> first = graph(config, recompute);
        for (int i = 0; i < 3; i++) {
            assertThat(graph(config, recompute)).isEqualTo(first);
        }
    }

    private static List<String> graph(ModelConfig config, boolean recompute) {
        try (Network network = new Network(config, 2, 2, new Head(1, 3))) {
            new Trainer(network, 4, Losses.JOINT, recompute);
            return ((Graph) network.tf().scope().env())
                    .toGraphDef().getNodeList().stream()
                            .map(node -> node.getName() + " " + node.getOp() + " " + node.getInputList())
                            .toList();
        }
    }
}
