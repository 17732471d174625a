package igpt.export;

import igpt.model.Weights;
import igpt.predict.ModelParts;
import java.util.Locale;

/** What a user of Hugging Face's library has to know of a model, in the {@code README.md} that it shows. */
final class ModelCard {
    private ModelCard() {}

    /** @param tunedHere whether it was fine-tuned by a run, and did not come with its classifier */
    static String of(ModelParts parts, ExportOrigin origin, boolean tunedHere) {
        return """
                ---
                library_name: transformers
                tags: [image-gpt]
                ---
                # %s

                An Image GPT (Chen et al., *Generative Pretraining from Pixels*, ICML 2020), exported by iGPT Batch.

                %s

                ## How to use it

                %s
                """
                .formatted(origin.name(), facts(parts, origin, "config.json", tunedHere), use(parts));
    }

    /** @param names the file that has the names of all classes */
    static String facts(ModelParts parts, ExportOrigin origin, String names, boolean tunedHere) {
        var config = parts.config();
        var facts = new StringBuilder();
        add(
                facts,
                "Size: %d layers of width %d in %d heads, %,d parameters; pictures of %d x %5$d pixels in %d colours"
                        .formatted(
                                config.layers(),
                                config.width(),
                                config.heads(),
                                Weights.count(config),
                                parts.preparation().resolution(),
                                config.colours()));
        boolean here = origin.dataset() != null || tunedHere;
        add(
                facts,
                origin.dataset() != null
                        ? "Trained on: %s (run %d)".formatted(origin.dataset(), origin.datasetRun())
                        : here
                                ? "Trained elsewhere, but for its classifier"
                                : "Trained elsewhere; imported by run %d as iteration %,d"
                                        .formatted(origin.run(), origin.iteration()));
        if (here) {
            add(
                    facts,
                    "Checkpoint: run %d, iteration %,d; by commit %s, seed %d, TensorFlow Java %s, on %s"
                            .formatted(
                                    origin.run(),
                                    origin.iteration(),
                                    origin.gitCommit(),
                                    origin.seed(),
                                    origin.tensorflow(),
                                    origin.device()));
        }
        if (origin.validationNats() != null) {
            add(facts, String.format(Locale.ROOT, "Validation loss: %.4f nats a pixel", origin.validationNats()));
        }
        if (parts.head() != null) {
            add(
                    facts,
                    "Fine-tuned %s to %d classes: %s"
                            .formatted(
                                    tunedHere ? "by run " + origin.run() : "elsewhere",
                                    parts.classes().size(),
                                    classes(parts, names)));
        }
        if (parts.probe() != null) {
            add(
                    facts,
                    "Classified by a linear probe on layer %d (run %d), to %d classes: %s"
                            .formatted(
                                    parts.probe().layer(),
                                    origin.classifierRun(),
                                    parts.classes().size(),
                                    classes(parts, names)));
        }
        return facts.toString().stripTrailing();
    }

    private static void add(StringBuilder facts, String fact) {
        facts.append("- ").append(fact).append(".\n");
    }

    private static String classes(ModelParts parts, String file) {
        var names = parts.classes();
        return names.size() <= 20
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 20)) + " …; all of them are in " + file;
    }

    /** Each line is a way in which the library computes otherwise than one expects (it was compared in float64). */
    private static String use(ModelParts parts) {
        var config = parts.config();
        var classify = parts.head() == null
                ? ""
                : """

                import torch.nn.functional as F
                classifier = ImageGPTForImageClassification.from_pretrained("FOLDER").eval()
                classes = F.softmax(classifier(input_ids=ids).logits, -1)             # [n, %d]; fed with sos, as it was tuned
                """
                        .formatted(parts.classes().size())
                        .stripTrailing();
        return """
                ```python
                import torch
                from transformers import ImageGPTForCausalImageModeling%s

                model = ImageGPTForCausalImageModeling.from_pretrained("FOLDER").eval()
                # x: tokens of n pictures, [n, %d], each the number of the nearest colour of preprocessor_config.json
                ids = torch.cat([torch.full((len(x), 1), %d), x[:, :-1]], 1)           # sos first: it is the last token
                logits = model(input_ids=ids).logits                                    # position t predicts x[:, t]
                nats = torch.nn.functional.cross_entropy(logits.flatten(0, 1), x.flatten())
                hidden = model.transformer(input_ids=ids, output_hidden_states=True).hidden_states
                layer = %d                                                               # 0 to %d
                features = model.transformer.h[layer].ln_1(hidden[layer]).mean(1)       # the paper's
                last = hidden[%d].mean(1)                                                # after ln_f already%s
                ```

                - Feed sos first, and do not shift: `labels=` shifts once more, and leaves a position out.
                - Features are averages of a block's `ln_1`, not of the hidden states themselves.
                - These pictures were centre squares, averaged down; the library's processor shrinks without a crop, bilinearly.
                - There is no dropout in `config.json`: this model was trained without.
                - `reorder_and_upcast_attn` is set where the root of a head's width is no whole number: without it, the library
                  (4.57.6, 5.18.0) divides attention's logits by the root's whole part."""
                .formatted(
                        parts.head() == null ? "" : ", ImageGPTForImageClassification",
                        config.positions(),
                        config.colours(),
                        config.layers() / 2,
                        config.layers() - 1,
                        config.layers(),
                        classify);
    }
}
