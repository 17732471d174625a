package igpt.export;

import igpt.model.Tap;
import igpt.onnx.Outputs;
import igpt.predict.ModelParts;
import java.util.Locale;

/** How a model is called that is kept as ONNX. */
final class OnnxCard {
    private OnnxCard() {}

    static String of(ModelParts parts, ExportOrigin origin, Outputs outputs, boolean tunedHere) {
        return """
                # %s

                An Image GPT (Chen et al., *Generative Pretraining from Pixels*, ICML 2020), exported by iGPT Batch. `model.onnx` is
                for ONNX Runtime and whatever else reads ONNX; if there is a `model.onnx.data`, it has to lie next to it.

                %s

                ## How to call it

                %s

                ```python
                %s
                ```
                """
                .formatted(
                        origin.name(),
                        ModelCard.facts(parts, origin, ExportFolder.DESCRIPTION, tunedHere),
                        table(parts, outputs),
                        python(parts, outputs).strip());
    }

    private static String table(ModelParts parts, Outputs outputs) {
        var config = parts.config();
        var table = new StringBuilder(
                """
                | name | | shape | |
                |---|---|---|---|
                """);
        row(
                table,
                "tokens",
                "in, int64",
                config.positions(),
                "each pixel's colour as its row in `palette.npy`, row by row from the upper left; sos is not among them");
        if (!config.causal()) {
            row(
                    table,
                    "seen",
                    "in, float32",
                    config.positions(),
                    String.format(
                            Locale.ROOT,
                            "1 where the model sees the pixel, else 0: it learnt from images of which it saw %.0f %%, so hide as many at random",
                            100 * (1 - parts.maskRate())));
        }
        for (int layer : outputs.layers()) {
            row(
                    table,
                    outputs.name(layer),
                    "out, float32",
                    config.width(),
                    "layer %d of %d, %s, averaged over positions"
                            .formatted(
                                    layer,
                                    config.layers(),
                                    outputs.tap() == Tap.MEAN_NORM ? "after its norm" : "before any norm"));
        }
        if (parts.classifies()) {
            row(
                    table,
                    "probabilities",
                    "out, float32",
                    parts.classes().size(),
                    "of the classes in `igpt.json`, in that order"
                            + (config.causal() ? "" : "; means over several masks are better"));
        }
        return table.toString().strip();
    }

    private static void row(StringBuilder table, String name, String kind, int columns, String words) {
        table.append("| `%s` | %s | [batch, %d] | %s |%n"
                .formatted(name, kind, columns, words)
                .replace("\r", ""));
    }

    /** Pillow's box filter is the average of an area, as here, but in whole numbers: a token in some hundreds differs. */
    private static String python(ModelParts parts, Outputs outputs) {
        var config = parts.config();
        int resolution = parts.preparation().resolution();
        boolean upright = !Boolean.FALSE.equals(parts.preparation().decoding().exif());
        var code = new StringBuilder();
        code.append(
                """
                import json
                import numpy as np
                import onnxruntime
                from PIL import Image, ImageOps

                palette = np.load("palette.npy")  # [%d, 3]: red, green and blue from -1 to 1
                image = %s.convert("RGB")
                side = min(image.size)
                left, top = (image.width - side) // 2, (image.height - side) // 2
                square = image.crop((left, top, left + side, top + side)).resize((%d, %3$d), Image.Resampling.BOX)
                pixels = np.asarray(square, np.float32).reshape(-1, 1, 3) / 127.5 - 1
                tokens = ((pixels - palette) ** 2).sum(-1).argmin(-1)[None].astype(np.int64)  # [1, %d]
                inputs = {"tokens": tokens}
                """
                        .formatted(
                                config.colours(),
                                upright
                                        ? "ImageOps.exif_transpose(Image.open(\"cat.jpg\"))"
                                        : "Image.open(\"cat.jpg\")",
                                resolution,
                                config.positions()));
        if (!config.causal()) {
            code.append(String.format(
                    Locale.ROOT,
                    "inputs[\"seen\"] = (np.random.random(tokens.shape) >= %s).astype(np.float32)\n",
                    parts.maskRate()));
        }
        code.append(
                """
                model = onnxruntime.InferenceSession("model.onnx")
                outputs = dict(zip([output.name for output in model.get_outputs()], model.run(None, inputs)))
                print(outputs["%s"].shape)
                """
                        .formatted(outputs.name(outputs.layers().get(0))));
        if (parts.classifies()) {
            code.append(
                    """
                    print(json.load(open("igpt.json"))["classes"][outputs["probabilities"][0].argmax()])
                    """);
        }
        return code.toString();
    }
}
