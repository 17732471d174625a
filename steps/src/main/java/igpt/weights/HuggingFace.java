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

/** Hugging Face's folder of an Image GPT. */
final class HuggingFace {
    static final String CONFIG = "config.json";
    static final String PREPROCESSOR = "preprocessor_config.json";
    static final String WEIGHTS = "model.safetensors";
    private static final String SHARDS = "model.safetensors.index.json";
    private static final String PICKLED = "pytorch_model.bin";

    private HuggingFace() {}

    /** @throws UserException if there are none, or they are kept otherwise */
    static TensorFile tensors(Path folder) throws IOException {
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
    static Palette palette(Path folder) throws IOException {
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

    /** How pictures become tokens there: almost as here, for pictures are shrunk otherwise. */
    static Map<String, Object> preprocessor(Palette palette, int resolution) {
        var values = palette.values();
        List<List<Double>> clusters = new ArrayList<>();
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
        json.put("size", Map.of("height", resolution, "width", resolution));
        return json;
    }
}
