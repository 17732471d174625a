package igpt.exchange;

import igpt.config.UsageException;
import igpt.export.ExportFolder;
import igpt.palette.Palette;
import igpt.weights.Layout;
import igpt.weights.OurWeights;
import igpt.weights.PublishedModel;
import java.io.IOException;
import java.util.Objects;

/** What is to be imported: a model in a layout of others, or one that was exported from other runs. */
final class ImportSource {
    private ImportSource() {}

    /** @throws igpt.schema.UserException if it is no Image GPT, or damaged */
    static PublishedModel open(ImportParameters parameters) throws IOException {
        return ExportFolder.is(parameters.source())
                ? exported(parameters)
                : PublishedModel.open(parameters.source(), parameters.paletteFile());
    }

    private static PublishedModel exported(ImportParameters parameters) throws IOException {
        var exported = ExportFolder.read(parameters.source());
        var parts = exported.parts();
        if (!parts.config().causal() && parts.maskRate() != parameters.maskRate()) {
            throw new UsageException(
                    "this bert was not shown %1$s of the pixels: give mask_rate=%1$s".formatted(parts.maskRate()));
        }
        var palette = Objects.requireNonNullElse(parameters.paletteFile(), parts.palette());
        return PublishedModel.of(
                Layout.IGPT,
                OurWeights.open(parts.weights(), parts.config(), parts.head()),
                parts.head() == null
                        ? null
                        : new PublishedModel.Classifier(
                                parts.head().layer(), parts.classes(), parts.masks(), parts.seed()),
                Palette.readNpy(palette),
                exported.origin().iteration(),
                ExportFolder.files(parameters.source()));
    }
}
