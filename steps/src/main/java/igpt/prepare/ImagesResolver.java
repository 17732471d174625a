package igpt.prepare;

import igpt.config.UsageException;
import igpt.image.ImageSource;
import igpt.palette.Palette;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.schema.dataset.Datasets;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the images that a dataset is to be made of. */
public final class ImagesResolver {
    private ImagesResolver() {}

    /** @throws igpt.schema.UserException if they cannot be read, or the palette does not fit */
    public static Input.Images find(PrepareParameters parameters, Lookup lookup) {
        return find(parameters, lookup, source -> {});
    }

    /** @param check of the images, while they are open */
    public static Input.Images find(PrepareParameters parameters, Lookup lookup, Consumer<ImageSource> check) {
        try (var source = parameters.openSource()) {
            checkName(parameters, source);
            check.accept(source);
            FewColours.check(parameters, source);
            return new Input.Images(source.fingerprint(), palette(parameters, lookup));
        } catch (IOException e) {
            throw new UsageException("cannot read " + parameters.data() + ": " + e.getMessage(), e);
        }
    }

    private static void checkName(PrepareParameters parameters, ImageSource source) {
        int length = source.name().length();
        if (parameters.name().isEmpty() && length > PrepareParameters.LONGEST_NAME) {
            throw new UsageException(
                    "data: the folder's name has %d characters, and that of a dataset at most %d: give name="
                            .formatted(length, PrepareParameters.LONGEST_NAME));
        }
    }

    private static @Nullable String palette(PrepareParameters parameters, Lookup lookup) throws IOException {
        if (parameters.palette().isEmpty()) {
            return null;
        }
        var given = new GivenPalette(lookup.artifacts(), new Datasets(lookup.jdbc()));
        var palette = given.file(parameters.palette(), lookup.project().runs());
        if (!Files.isRegularFile(palette)) {
            throw new UsageException("there is no palette " + palette);
        }
        int size = Palette.readNpy(palette).size();
        if (size != parameters.colours()) {
            throw new UsageException("palette %s has %d colours; give colours=%2$d".formatted(palette, size));
        }
        return Checksums.sha256(palette);
    }
}
