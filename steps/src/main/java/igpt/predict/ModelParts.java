package igpt.predict;

import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Tap;
import igpt.predict.ImageClassifier.Linear;
import igpt.prepare.Preparation;
import igpt.probe.ProbeFile;
import igpt.tokenizer.PaletteTokenizer;
import igpt.train.Masks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to show images to a model, and where its files lie: in runs, or in a folder of their own.
 *
 * @param weights the prefix of a checkpoint's files, the head's weights among them if there is a head
 * @param palette a NumPy file
 * @param preparation how the images were prepared that it learnt from
 * @param classes their names, by label; empty where there are none
 * @param head that the network was fine-tuned with; null for none
 * @param probe a linear classifier on one layer; null for none
 * @param maskRate the share of an image's pixels that a BERT is not shown; 0 for an auto-regressive model
 * @param masks of each image whose predictions vote
 * @param seed of the masks
 */
public record ModelParts(
        ModelConfig config,
        Path weights,
        Path palette,
        Preparation preparation,
        List<String> classes,
        @Nullable Head head,
        @Nullable ProbePart probe,
        double maskRate,
        int masks,
        long seed) {
    public ModelParts {
        classes = List.copyOf(classes);
    }

    /** The file of a linear classifier, and what it reads. */
    public record ProbePart(Path file, int layer, Tap tap) {}

    /** @param network of this configuration and head; closed with the predictor, or if this fails */
    public Predictor open(Network network) {
        try {
            network.restoreWeights(weights);
            var tokenizer = PaletteTokenizer.read(palette, preparation.resolution());
            return new Predictor(network, tokenizer, new Masks(maskRate, seed));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Whether it tells classes apart. */
    public boolean classifies() {
        return head != null || probe != null;
    }

    /** @param predictor of this model */
    public ImageClassifier classifier(Predictor predictor) throws IOException {
        var linear = probe == null
                ? null
                : new Linear(ProbeFile.read(probe.file(), classes.size()), probe.layer(), probe.tap());
        return new ImageClassifier(predictor, classes, linear, config.causal() ? 1 : masks, seed);
    }

    /** The same, which tells those classes apart by its head. */
    ModelParts tuned(Head head, List<String> classes) {
        return new ModelParts(config, weights, palette, preparation, classes, head, probe, maskRate, masks, seed);
    }

    /** {@code 8 x 8 pixels, 16 colours}. */
    public String words() {
        return "%d x %1$d pixels, %d colours".formatted(preparation.resolution(), config.colours());
    }
}
