package igpt.export;

import igpt.config.Parameter;
import igpt.weights.Layout;

/** Parameters of {@code export}: a model in a folder of its own. */
public record ExportParameters(
        @Parameter(
                        help =
                                "a checkpoint: newest, RUN, RUN@ITERATION, or a model's name; RUN of finetune or probe: its classifier, and the model below",
                        defaultValue = "newest",
                        identifying = false)
                String checkpoint,
        @Parameter(help = "the folder to make; one that is there must be an export, and is replaced", path = true)
                String to,
        @Parameter(
                        help =
                                "what classifies: auto: the newest probe of that checkpoint, if there is one; none; or RUN of finetune or probe",
                        defaultValue = "auto",
                        identifying = false)
                String classifier,
        @Parameter(
                        help =
                                "igpt: for this program and its library, igpt.api.Encoder; huggingface: for transformers; openai: as the paper's models are published",
                        defaultValue = "igpt")
                Layout format) {}
