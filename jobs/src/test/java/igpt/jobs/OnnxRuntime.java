package igpt.jobs;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import igpt.image.decode.Squares;
import igpt.tokenizer.PaletteTokenizer;
import igpt.train.Masks;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A folder that was exported as ONNX, in ONNX Runtime. */
record OnnxRuntime(Path folder, int resolution, OrtSession session) implements AutoCloseable {
    static OnnxRuntime open(Path folder, int resolution) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            var file = folder.resolve("model.onnx").toString();
            return new OnnxRuntime(
                    folder, resolution, OrtEnvironment.getEnvironment().createSession(file, options));
        }
    }

    record Answer(Map<String, float[]> outputs) {
        float[] get(String name) {
            return Objects.requireNonNull(outputs.get(name), name);
        }
    }

    /**
     * Its outputs by name.
     *
     * @param mask of an image that is the first of its kind; is used where the model takes one
     */
    Answer answer(BufferedImage image, Masks masks, int mask) throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        int pixels = resolution * resolution;
        var tokens = PaletteTokenizer.read(folder.resolve("palette.npy"), resolution)
                .encode(Squares.of(image, 0xffffff, resolution));
        var ids = LongBuffer.allocate(pixels);
        for (short token : tokens) {
            ids.put(token);
        }
        var seen = new float[pixels];
        masks.ofImage(0, mask, seen, 0, pixels);
        long[] shape = {1, pixels};
        var inputs = new HashMap<String, OnnxTensor>();
        inputs.put("tokens", OnnxTensor.createTensor(environment, ids.flip(), shape));
        if (session.getInputNames().contains("seen")) {
            inputs.put("seen", OnnxTensor.createTensor(environment, FloatBuffer.wrap(seen), shape));
        }
        try (var result = session.run(inputs)) {
            var answer = new HashMap<String, float[]>();
            result.forEach(output -> {
                var tensor = (OnnxTensor) output.getValue();
                var values = new float[(int) tensor.getInfo().getNumElements()];
                tensor.getFloatBuffer().get(values);
                answer.put(output.getKey(), values);
            });
            return new Answer(answer);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
