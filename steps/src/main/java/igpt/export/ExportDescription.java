package igpt.export;

import com.fasterxml.jackson.databind.JsonNode;
import igpt.export.ExportFolder.Exported;
import igpt.image.decode.Decoding;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.model.Objective;
import igpt.model.Tap;
import igpt.predict.ModelParts;
import igpt.predict.ModelParts.ProbePart;
import igpt.prepare.Preparation;
import igpt.tokenizer.PaletteTokenizer;
import igpt.weights.OurWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code igpt.json} says, field by field: one that is missing or cannot be is named. */
final class ExportDescription {
    private static final Map<String, Objective> OBJECTIVES = Map.of("ar", Objective.AR, "bert", Objective.BERT);
    private static final Map<String, Tap> TAPS =
            Map.of(ExportFolder.NORM, Tap.MEAN_NORM, ExportFolder.RESIDUAL, Tap.MEAN_RESIDUAL);

    private final Path folder;
    private final DescribedField whole;

    private ExportDescription(Path folder, JsonNode json) {
        this.folder = folder;
        whole = new DescribedField(folder.resolve(ExportFolder.DESCRIPTION), "", json);
    }

    /**
     * The files that it names are left to be read.
     *
     * @throws igpt.schema.file.CorruptFileException naming a field that is missing or cannot be
     */
    static Exported read(Path folder, JsonNode json) throws IOException {
        var description = new ExportDescription(folder, json);
        var exported = new Exported(description.parts(), description.origin());
        var parts = exported.parts();
        var probe = parts.probe();
        if (probe != null && !Files.exists(probe.file())) {
            throw DamagedExport.of(probe.file(), "it is missing");
        }
        OurWeights.open(parts.weights(), parts.config(), parts.head()); // whether they are of this size
        return exported;
    }

    private ModelParts parts() {
        var config = config();
        var classes = whole.get("classes").texts();
        var head = whole.find("head");
        var probe = whole.find("probe");
        if (classes.size() < 2 && (head != null || probe != null)) {
            throw whole.get("classes").bad("the names of what its classifier tells apart");
        }
        var masks = config.causal() ? null : whole.get("masks");
        return new ModelParts(
                config,
                folder.resolve(ExportFolder.WEIGHTS),
                folder.resolve(ExportFolder.PALETTE),
                preparation(config),
                classes,
                head == null ? null : new Head(layer(head, config), classes.size()),
                probe == null ? null : probe(probe, config),
                masks == null ? 0 : masks.get("rate").share(),
                masks == null ? 1 : masks.get("votes").number(1, Integer.MAX_VALUE),
                masks == null ? 0 : masks.get("seed").whole());
    }

    private ModelConfig config() {
        var model = whole.get("model");
        int most = Integer.MAX_VALUE;
        try {
            return new ModelConfig(
                    model.get("layers").number(1, most),
                    model.get("width").number(1, most),
                    model.get("heads").number(1, most),
                    model.get("positions").number(1, most),
                    model.get("colours").number(2, most),
                    model.get("objective").oneOf(OBJECTIVES));
        } catch (IllegalArgumentException e) {
            throw DamagedExport.of(whole.file(), "model: " + e.getMessage());
        }
    }

    private Preparation preparation(ModelConfig config) {
        var images = whole.get("images");
        int resolution = images.get("resolution").number(1, 1 << 12);
        if (PaletteTokenizer.grid(resolution).positions() != config.positions()) {
            throw images.get("resolution")
                    .bad("the root of model.positions, which is %d".formatted(config.positions()));
        }
        var decoding = new Decoding(
                images.get("dct_scaling").yesOrNo(),
                exif(images.get("exif")),
                Integer.parseInt(images.get("background").matching("[0-9a-fA-F]{6}", "six hexadecimal digits"), 16));
        return new Preparation(resolution, decoding);
    }

    private static @Nullable Boolean exif(DescribedField field) {
        var text = field.matching("auto|true|false", "auto, true or false");
        return text.equals("auto") ? null : Boolean.valueOf(text);
    }

    private static int layer(DescribedField of, ModelConfig config) {
        return of.get("layer").number(0, config.layers());
    }

    private ProbePart probe(DescribedField probe, ModelConfig config) {
        return new ProbePart(
                folder.resolve(ExportFolder.PROBE),
                layer(probe, config),
                probe.get("tap").oneOf(TAPS));
    }

    private ExportOrigin origin() {
        var from = whole.get("provenance");
        var nats = from.find("validation_nats");
        var dataset = from.find("dataset");
        var datasetRun = from.find("dataset_run");
        var classifierRun = from.find("classifier_run");
        return new ExportOrigin(
                from.get("name").text(),
                from.get("run").whole(),
                from.get("iteration").whole(),
                nats == null ? null : nats.decimal(),
                from.get("git_commit").text(),
                from.get("seed").whole(),
                from.get("tensorflow").text(),
                from.get("device").text(),
                dataset == null ? null : dataset.text(),
                datasetRun == null ? null : datasetRun.whole(),
                classifierRun == null ? null : classifierRun.whole());
    }
}
