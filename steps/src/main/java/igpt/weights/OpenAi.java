package igpt.weights;

import igpt.palette.Palette;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A folder as OpenAI publishes it: a checkpoint of TensorFlow's, named by its iteration, and the palette. */
public final class OpenAi {
    static final String INDEX = ".index";
    private static final String PALETTE = "kmeans_centers.npy";
    private static final Pattern ITERATION = Pattern.compile("-(\\d{1,18})$");

    private OpenAi() {}

    static PublishedModel open(Path index, @Nullable Path palette) throws IOException {
        var name = String.valueOf(index.getFileName());
        var prefix = index.resolveSibling(name.substring(0, name.length() - INDEX.length()));
        var file = TensorFlowCheckpoint.open(prefix);
        var weights = OpenAiWeights.of(file);
        var colours = Objects.requireNonNullElse(palette, index.resolveSibling(PALETTE));
        if (!Files.isRegularFile(colours)) {
            throw new UserException("there is no palette %s: give palette=FILE, the one that OpenAI publishes as %s"
                    .formatted(colours, PALETTE));
        }
        var files = new ArrayList<>(file.files());
        files.add(colours);
        var iteration = ITERATION.matcher(prefix.toString());
        return PublishedModel.of(
                Layout.OPENAI,
                weights,
                PublishedModel.Classifier.of(weights, numbers(weights.classes())),
                Palette.readNpy(colours),
                iteration.find() ? Long.parseLong(iteration.group(1)) : 0,
                files);
    }

    /** What classes are called that have no names. */
    static List<String> numbers(int classes) {
        return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }

    /** Writes the files into a folder. */
    public static void write(Path folder, ModelWeights weights, Palette palette, long iteration) throws IOException {
        TensorFlowCheckpointWriter.write(
                folder.resolve("model.ckpt-" + iteration),
                OpenAiWeights.tensors(weights.config(), weights.classes()),
                OpenAiWeights.values(weights));
        palette.writeNpy(folder.resolve(PALETTE));
    }
}
