package igpt.weights;

import igpt.palette.Palette;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder as Hugging Face publishes it: {@code config.json}, weights as safetensors, and how pictures become tokens. */
public final class HuggingFace {
    static final String CONFIG = "config.json";
    static final String PREPROCESSOR = "preprocessor_config.json";
    static final String WEIGHTS = "model.safetensors";
    private static final String SHARDS = "model.safetensors.index.json";
    private static final String PICKLED = "pytorch_model.bin";

    private HuggingFace() {}

    static PublishedModel open(Path folder, @Nullable Path palette) throws IOException {
        var config = HuggingFaceConfig.read(folder.resolve(CONFIG));
        var file = tensors(folder);
        var weights = HuggingFaceWeights.of(file, config);
        var files = new ArrayList<>(List.of(folder.resolve(CONFIG)));
        files.addAll(file.files());
        files.add(palette == null ? folder.resolve(PREPROCESSOR) : palette);
        var classes = HuggingFaceConfig.classes(folder.resolve(CONFIG), weights.classes());
        return PublishedModel.of(
                Layout.HUGGINGFACE,
                weights,
                PublishedModel.Classifier.of(weights, classes),
                palette == null ? palette(folder) : Palette.readNpy(palette),
                0,
                files);
    }

    /**
     * Writes the files into a folder.
     *
     * @param classes names by label, of the classifier that comes with the weights; empty where none does
     */
    public static void write(Path folder, ModelWeights weights, Palette palette, int resolution, List<String> classes)
            throws IOException {
        Json.write(folder.resolve(CONFIG), HuggingFaceConfig.of(weights.config(), classes));
        Json.write(folder.resolve(PREPROCESSOR), preprocessor(palette, resolution));
        SafetensorsWriter.write(
                folder.resolve(WEIGHTS),
                HuggingFaceWeights.tensors(weights.config(), weights.classes()),
                HuggingFaceWeights.values(weights));
    }

    /** @throws UserException if there are none, or they are kept otherwise */
    private static TensorFile tensors(Path folder) throws IOException {
        if (Files.exists(folder.resolve(WEIGHTS))) {
            return SafetensorsFile.open(folder.resolve(WEIGHTS));
        }
        if (Files.exists(folder.resolve(SHARDS))) {
            return ShardedSafetensors.open(folder.resolve(SHARDS));
        }
        throw new UserException(
                Files.exists(folder.resolve(PICKLED))
                        ? "%s is a Python pickle, which runs what it holds; in Python, from_pretrained(FOLDER).save_pretrained(FOLDER) writes %s"
                                .formatted(folder.resolve(PICKLED), WEIGHTS)
                        : "there is no " + folder.resolve(WEIGHTS));
    }

    /** The colours, between −1 and 1. */
    private static Palette palette(Path folder) throws IOException {
        var file = folder.resolve(PREPROCESSOR);
        if (!Files.isRegularFile(file)) {
            throw new UserException("there is no %s, which has the palette: give palette=FILE".formatted(file));
        }
        var clusters = Json.read(file).path("clusters");
        var values = new float[3 * clusters.size()];
        for (int i = 0; i < values.length; i++) {
            var colour = clusters.get(i / 3);
            if (colour.size() != 3 || !colour.get(i % 3).isNumber()) {
                throw Refusal.of(file, "clusters are not colours of three numbers each");
            }
            values[i] = colour.get(i % 3).floatValue();
        }
        try {
            return new Palette(values);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(file, "clusters are no palette: " + e.getMessage());
        }
    }

    /** How pictures become tokens there: as here, but that they are shrunk otherwise. */
    private static Map<String, Object> preprocessor(Palette palette, int resolution) {
        var values = palette.values();
        var clusters = new ArrayList<List<Double>>();
        for (int i = 0; i < values.length; i += 3) {
            clusters.add(List.of((double) values[i], (double) values[i + 1], (double) values[i + 2]));
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("clusters", clusters);
        json.put("do_color_quantize", true);
        json.put("do_normalize", true);
        json.put("do_resize", true);
        json.put("image_processor_type", "ImageGPTImageProcessor");
        json.put("resample", 2); // bilinear
        json.put("size", new TreeMap<>(Map.of("height", resolution, "width", resolution))); // in the same order always
        return json;
    }
}
