package igpt.weights;

import igpt.palette.Palette;
import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that others have published, with the palette of its tokens. Opening it reads names and sizes, and checks that it is
 * an Image GPT that computes what ours does.
 *
 * @param classifier that comes with it; null for none
 * @param iteration that its files are named by; 0 where they name none
 * @param files all that were read, or will be
 */
public record PublishedModel(
        Layout layout,
        ModelWeights weights,
        @Nullable Classifier classifier,
        Palette palette,
        int resolution,
        long iteration,
        List<Path> files) {
    private static final Map<Path, Summed> SUMMED = new ConcurrentHashMap<>();

    public PublishedModel {
        files = List.copyOf(files);
    }

    /**
     * A fine-tuned classifier: its head is among the weights.
     *
     * @param layer that the head reads
     * @param classes their names, by label
     * @param masks of an image, whose predictions vote; 1 for an auto-regressive model
     * @param seed of the masks
     */
    public record Classifier(int layer, List<String> classes, int masks, long seed) {
        private static final int USUAL_MASKS = 5;

        public Classifier {
            classes = List.copyOf(classes);
        }

        /** As others keep it, on the last layer; null if there is none. */
        static @Nullable Classifier of(ModelWeights weights, List<String> classes) {
            var config = weights.config();
            return weights.classes() == 0
                    ? null
                    : new Classifier(config.layers(), classes, config.causal() ? 1 : USUAL_MASKS, 0);
        }
    }

    /**
     * Opens a folder, or of several checkpoints in it the one whose index is given.
     *
     * @param palette a NumPy file; null for the one in the folder
     * @throws UserException if it is no Image GPT, or computes otherwise, in one line that names the tensor
     */
    public static PublishedModel open(Path from, @Nullable Path palette) throws IOException {
        if (Files.isRegularFile(from) && from.toString().endsWith(OpenAi.INDEX)) {
            return OpenAi.open(from, palette);
        }
        if (Files.isRegularFile(TensorFlowCheckpoint.index(from))) { // as TensorFlow itself names one
            return OpenAi.open(TensorFlowCheckpoint.index(from), palette);
        }
        if (!Files.isDirectory(from)) {
            throw new UserException("there is no folder " + from);
        }
        if (Files.exists(from.resolve(HuggingFace.CONFIG))) {
            return HuggingFace.open(from, palette);
        }
        var indices = indices(from);
        if (indices.size() == 1) {
            return OpenAi.open(indices.get(0), palette);
        }
        throw new UserException(
                indices.isEmpty()
                        ? from + " holds no published model: neither config.json with model.safetensors, nor"
                                + " model.ckpt-N.index with its data"
                        : "%s holds several checkpoints: give one of them, from=%s".formatted(from, indices.get(0)));
    }

    private static List<Path> indices(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(OpenAi.INDEX))
                    .sorted()
                    .toList();
        }
    }

    /** @throws UserException if the palette is not that of the model, or its sequences are no squares */
    public static PublishedModel of(
            Layout layout,
            ModelWeights weights,
            @Nullable Classifier classifier,
            Palette palette,
            long iteration,
            List<Path> files) {
        var config = weights.config();
        if (palette.size() != config.colours()) {
            throw new UserException("the palette %s has %d colours, the model %d"
                    .formatted(files.get(files.size() - 1), palette.size(), config.colours()));
        }
        int resolution = (int) Math.round(Math.sqrt(config.positions()));
        if (resolution * resolution != config.positions()) {
            throw new UserException("%s: its sequences of %d positions are no square pictures"
                    .formatted(files.get(0), config.positions()));
        }
        return new PublishedModel(layout, weights, classifier, palette, resolution, iteration, files);
    }

    /** SHA-256 of all of its bytes. This process reads a file again only if its size or time has changed: it may be large. */
    public String fingerprint() throws IOException {
        var text = new StringBuilder();
        for (var file : files) {
            text.append(sha256(file)).append('\n');
        }
        return Checksums.sha256OfText(text.toString());
    }

    private static String sha256(Path file) throws IOException {
        var now = new Summed(Files.size(file), Files.getLastModifiedTime(file), "");
        var before = SUMMED.get(file.toRealPath());
        if (before != null && before.bytes == now.bytes && before.modified.equals(now.modified)) {
            return before.sha256;
        }
        var sha256 = Checksums.sha256(file);
        SUMMED.put(file.toRealPath(), new Summed(now.bytes, now.modified, sha256));
        return sha256;
    }

    private record Summed(long bytes, FileTime modified, String sha256) {}
}
