package igpt.export;

import igpt.config.Parameter;
import igpt.config.UsageException;
import igpt.recipe.LayerChoice;
import igpt.weights.Layout;

/** Parameters of {@code export}: a model in a folder of its own. */
public record ExportParameters(
        @Parameter(
                        help =
                                "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name; RUN of finetune or probe: its classifier, and the model below",
                        defaultValue = "newest",
                        input = true)
                String checkpoint,
        @Parameter(
                        help = "the folder to make; one that is there must be an export, and is replaced",
                        path = true,
                        required = true)
                String to,
        @Parameter(
                        help =
                                "what classifies: auto: the newest probe of that checkpoint, or what an imported model came with; none; or RUN of finetune or probe",
                        defaultValue = "auto",
                        input = true)
                String classifier,
        @Parameter(
                        help =
                                "igpt: for this program and its library, igpt.api.Encoder; huggingface: for transformers; openai: as the paper's models are published; onnx: for serving",
                        defaultValue = "igpt")
                Layout format,
        @Parameter(
                        help =
                                "of onnx, whose features it gives: best, of the classifier that goes along; 5; 3,4,5; or all",
                        defaultValue = LayerChoice.BEST,
                        max = 500)
                String layer) {
    public ExportParameters {
        LayerChoice.check(layer);
        if (format != Layout.ONNX && !layer.equals(LayerChoice.BEST)) {
            throw new UsageException("parameter 'layer' is for format=onnx: the other formats have all layers");
        }
    }
}
