package igpt.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import igpt.config.UsageException;
import igpt.model.Tap;
import igpt.onnx.OnnxModel;
import igpt.onnx.Outputs;
import igpt.predict.ModelParts;
import igpt.probe.ProbeFile;
import igpt.recipe.LayerChoice;
import igpt.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model for a server: {@code model.onnx} and, of a large one, {@code model.onnx.data}; {@code palette.npy}; {@code
 * igpt.json}, which says what goes in and comes out, what the classes are called and how images are prepared; and a card that
 * shows how to call it.
 */
final class OnnxFolder {
    static final String FORMAT = "onnx";
    private static final String MODEL = "model.onnx";

    private OnnxFolder() {}

    /** @throws UsageException if the model has no such layer, or there is no classifier whose layer would be the best */
    static List<Integer> layers(String layer, ModelParts parts) {
        return LayerChoice.of(layer, parts.config().layers(), () -> {
            if (parts.head() != null) {
                return parts.head().layer();
            }
            if (parts.probe() != null) {
                return parts.probe().layer();
            }
            throw new UsageException(
                    "layer=best is that of the classifier, and none goes along: give layer=%d or layer=all"
                            .formatted(parts.config().layers() / 2));
        });
    }

    /** @param layer as {@link ExportParameters} has it */
    static void write(
            Path folder, ModelWeights weights, ModelParts parts, ExportOrigin origin, String layer, boolean tunedHere)
            throws IOException {
        var outputs = outputs(parts, layer);
        var about = ExportFolder.description(parts, origin, FORMAT);
        about.set(FORMAT, interfaceOf(outputs, parts));
        OnnxModel.write(folder.resolve(MODEL), weights, outputs, Map.of(ExportFolder.DESCRIPTION, about.toString()));
        Files.copy(parts.palette(), folder.resolve(ExportFolder.PALETTE));
        ExportFolder.writeDescription(folder, about);
        Files.writeString(folder.resolve("README.md"), OnnxCard.of(parts, origin, outputs, tunedHere));
    }

    private static Outputs outputs(ModelParts parts, String layer) throws IOException {
        var probe = parts.probe();
        return new Outputs(
                layers(layer, parts),
                probe == null ? Tap.MEAN_NORM : probe.tap(),
                parts.head(),
                probe == null
                        ? null
                        : new Outputs.Probe(
                                ProbeFile.read(probe.file(), parts.classes().size()), probe.layer()));
    }

    /** Names, types and shapes; {@code batch} is as many images as the caller likes. */
    private static ObjectNode interfaceOf(Outputs outputs, ModelParts parts) {
        var config = parts.config();
        var json = ExportFolder.object().put("opset", OnnxModel.OPSET);
        var in = json.putArray("inputs");
        describe(in.addObject(), OnnxModel.TOKENS, "int64", config.positions());
        if (!config.causal()) {
            describe(in.addObject(), OnnxModel.SEEN, "float32", config.positions());
        }
        var out = json.putArray("outputs");
        for (int layer : outputs.layers()) {
            describe(out.addObject(), outputs.name(layer), "float32", config.width())
                    .put("layer", layer)
                    .put("tap", ExportFolder.name(outputs.tap()));
        }
        if (parts.classifies()) {
            describe(
                    out.addObject(),
                    OnnxModel.PROBABILITIES,
                    "float32",
                    parts.classes().size());
        }
        return json;
    }

    private static ObjectNode describe(ObjectNode json, String name, String type, int columns) {
        json.put("name", name).put("type", type).putArray("shape").add("batch").add(columns);
        return json;
    }
}
