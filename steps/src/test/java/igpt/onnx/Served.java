package igpt.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import igpt.model.ModelConfig;
import igpt.model.Sequences;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A model in ONNX Runtime, which knows nothing of ours. */
record Served(OrtSession session) implements AutoCloseable {
    static Served open(Path file) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return new Served(OrtEnvironment.getEnvironment().createSession(file.toString(), options));
        }
    }

    /** Outputs by name, row by row. */
    record Answer(Map<String, float[]> outputs) {
        float[] get(String name) {
            return Objects.requireNonNull(outputs.get(name), name);
        }
    }

    Answer run(ModelConfig config, Sequences images) throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        long[] shape = {images.tokens().length / config.positions(), config.positions()};
        var tokens = Arrays.stream(images.tokens()).asLongStream().toArray();
        try (var seen = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images.seen()), shape);
                var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
                var answer = session.run(
                        config.causal()
                                ? Map.of(OnnxModel.TOKENS, ids)
                                : Map.of(OnnxModel.TOKENS, ids, OnnxModel.SEEN, seen))) {
            var outputs = new HashMap<String, float[]>();
            for (var output : answer) {
                var tensor = (OnnxTensor) output.getValue();
                var values = new float[(int) tensor.getInfo().getNumElements()];
                tensor.getFloatBuffer().get(values);
                outputs.put(output.getKey(), values);
            }
            return new Answer(outputs);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
