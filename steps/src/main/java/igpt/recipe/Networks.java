package igpt.recipe;

import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens networks on the run's device. */
@Component
public record Networks(RunContext run, CheckpointFiles files) {

    /**
     * A network to be run, not trained. Its weights are undefined until they are set.
     *
     * @param batch sequences at a time
     * @param head the classifier on one of its layers; null for none
     */
    public Network open(ModelConfig config, int batch, @Nullable Head head) {
        return open(config, batch, head, Precision.FLOAT32);
    }

    /** The same in any precision. */
    public Network open(ModelConfig config, int batch, @Nullable Head head, Precision precision) {
        return new Network(config, batch, run.device().sharing(batch), head, precision);
    }

    /** A network to be trained in that precision; all of the device's replicas share the batch. */
    public Network openToTrain(ModelConfig config, int batch, @Nullable Head head, Precision precision) {
        return new Network(config, batch, run.device(), head, precision);
    }

    /**
     * A network to be run, not trained, with a checkpoint's weights.
     *
     * @throws CorruptFileException if they are not those that were written
     */
    public Network open(ModelConfig config, int batch, @Nullable Head head, Checkpoint checkpoint) throws IOException {
        Network network = open(config, batch, head);
        try {
            files.restoreWeights(network, checkpoint);
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }
}
