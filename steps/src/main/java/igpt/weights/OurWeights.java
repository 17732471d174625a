package igpt.weights;

import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A checkpoint of ours. Its moments are left alone. */
public final class OurWeights implements ModelWeights {
    private final TensorFile file;
    private final ModelConfig config;
    private final int classes;

    private OurWeights(TensorFile file, ModelConfig config, int classes) {
        this.file = file;
        this.config = config;
        this.classes = classes;
    }

    /**
     * Opens one.
     *
     * @param prefix of its files
     * @param head the classifier on one of its layers; null for none
     */
    public static ModelWeights open(Path prefix, ModelConfig config, @Nullable Head head) throws IOException {
        var file = TensorFlowCheckpoint.open(prefix);
        int classes = head == null ? 0 : head.classes();
        ExpectedTensors.check(file, tensors(config, classes), any -> true);
        return new OurWeights(file, config, classes);
    }

    /** Writes one, without moments, a weight at a time. */
    public static void write(Path prefix, ModelWeights from) throws IOException {
        TensorFlowCheckpointWriter.write(prefix, tensors(from.config(), from.classes()), from::read);
    }

    private static SortedMap<String, TensorInfo> tensors(ModelConfig config, int classes) {
        var head = classes == 0 ? null : new Head(config.layers(), classes);
        var tensors = new TreeMap<String, TensorInfo>();
        Weights.of(config, head).forEach(weight -> tensors.put(weight.name(), TensorInfo.floats(weight.shape())));
        return tensors;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public float[] read(String weight) throws IOException {
        return file.read(weight);
    }
}
