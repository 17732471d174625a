package igpt.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import igpt.model.Tap;
import igpt.predict.ModelParts;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A model in a folder of its own: {@code igpt.json} says what it is, {@code weights.*} are a TensorFlow checkpoint of its
 * weights alone, {@code palette.npy} its colours, {@code probe.npy} a linear classifier if there is one, and {@code
 * manifest.sha256} the checksum of each of these, as {@code sha256sum -c} reads it.
 */
public final class ExportFolder {
    public static final String DESCRIPTION = "igpt.json";
    private static final String FORMAT = "igpt";
    static final String WEIGHTS = "weights";
    static final String PALETTE = "palette.npy";
    static final String PROBE = "probe.npy";

    private static final int VERSION = 1; // of the layout
    static final String NORM = "norm"; // where a probe reads its layer
    static final String RESIDUAL = "residual";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private ExportFolder() {}

    /** A model, and where it came from. */
    public record Exported(ModelParts parts, ExportOrigin origin) {}

    /** Whether this program has made it; it may be damaged. */
    public static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(DESCRIPTION));
    }

    /** All of its files but the manifest. */
    public static List<Path> files(Path folder) throws IOException {
        return Manifest.names(folder).stream().map(folder::resolve).toList();
    }

    /** Writes everything but the weights and the manifest. */
    static void write(Path folder, ModelParts parts, ExportOrigin origin) throws IOException {
        Files.copy(parts.palette(), folder.resolve(PALETTE));
        var probe = parts.probe();
        if (probe != null) {
            Files.copy(probe.file(), folder.resolve(PROBE));
        }
        writeDescription(folder, description(parts, origin, FORMAT));
    }

    static void writeDescription(Path folder, ObjectNode description) throws IOException {
        Files.writeString(
                folder.resolve(DESCRIPTION),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(description) + "\n");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** What the model is, what its classes are called, how images are prepared, and where it came from. */
    static ObjectNode description(ModelParts parts, ExportOrigin origin, String format) {
        var json = object().put("format", format).put("version", VERSION);
        var config = parts.config();
        json.putObject("model")
                .put("objective", name(config.objective()))
                .put("layers", config.layers())
                .put("width", config.width())
                .put("heads", config.heads())
                .put("positions", config.positions())
                .put("colours", config.colours());
        var decoding = parts.preparation().decoding();
        json.putObject("images")
                .put("resolution", parts.preparation().resolution())
                .put("crop", "centre square, averaged by area")
                .put("exif", decoding.exif() == null ? "auto" : String.valueOf(decoding.exif()))
                .put("background", "%06x".formatted(decoding.background()))
                .put("dct_scaling", decoding.dctScaling());
        var classes = json.putArray("classes");
        parts.classes().forEach(classes::add);
        var head = parts.head();
        if (head != null) {
            json.putObject("head").put("layer", head.layer());
        }
        var probe = parts.probe();
        if (probe != null) {
            json.putObject("probe").put("layer", probe.layer()).put("tap", name(probe.tap()));
        }
        if (!config.causal()) {
            json.putObject("masks")
                    .put("rate", parts.maskRate())
                    .put("votes", parts.masks())
                    .put("seed", parts.seed());
        }
        json.set("provenance", JSON.valueToTree(origin));
        return json;
    }

    static String name(Tap tap) {
        return tap == Tap.MEAN_NORM ? NORM : RESIDUAL;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks every file.
     *
     * @throws UserException if it is no export, or of a newer version
     * @throws CorruptFileException if a file is missing or not what was written
     */
    public static Exported read(Path folder) throws IOException {
        if (!is(folder)) {
            throw new UserException(folder + " is no export: make one, ./igpt run export to=FOLDER");
        }
        var files = Manifest.verify(folder);
        try {
            var json = JSON.readTree(Files.readString(folder.resolve(DESCRIPTION)));
            if (json.path("format").asText().equals(OnnxFolder.FORMAT)) {
                throw new UserException(
                        "%s is for programs that read ONNX: export the model again with format=igpt".formatted(folder));
            }
            checkAllThere(folder, files);
            if (!json.path("format").asText().equals(FORMAT)
                    || json.path("version").asInt() != VERSION) {
                throw new UserException("%s is of format %s %s, which this version does not read: export it again"
                        .formatted(
                                folder,
                                json.path("format").asText(),
                                json.path("version").asText()));
            }
            return ExportDescription.read(folder, json);
        } catch (JsonProcessingException e) {
            throw DamagedExport.of(folder.resolve(DESCRIPTION), "it is no whole JSON");
        }
    }

    private static void checkAllThere(Path folder, List<String> listed) {
        for (var needed : List.of(DESCRIPTION, PALETTE, WEIGHTS + ".index")) {
            if (!listed.contains(needed)) {
                throw DamagedExport.of(folder.resolve(Manifest.NAME), "it does not list " + needed);
            }
        }
    }
}
