package igpt.exchange;

import igpt.config.UsageException;
import igpt.model.Weights;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.Counts;
import igpt.schema.Reason;
import igpt.weights.PublishedModel;
import java.io.IOException;
import java.util.Locale;

/** Finds the weights that are to be imported. */
public final class ImportResolver {
    private ImportResolver() {}

    /** @throws igpt.schema.UserException if they are not those of an Image GPT, or cannot be read */
    public static RunInputs find(ImportParameters parameters, Lookup lookup) {
        if (parameters.from().isEmpty()) {
            throw new UsageException("give the folder of the published weights: from=FOLDER");
        }
        if (parameters.modelName().length() > ImportParameters.LONGEST_NAME) {
            throw new UsageException("from: the folder's name is longer than that of a model: give name=");
        }
        try {
            var published = ImportSource.open(parameters);
            lookup.say().accept(words(published));
            return RunInputs.of(new Input.Published(published.fingerprint()));
        } catch (IOException e) {
            throw new UsageException("cannot read %s: %s".formatted(parameters.from(), Reason.of(e)), e);
        }
    }

    private static String words(PublishedModel published) {
        var config = published.weights().config();
        return "%s layout: %s of %s of width %d in %s, %d x %6$d pixels, %d colours, %,d parameters%s"
                .formatted(
                        published.layout().words(),
                        config.objective().name().toLowerCase(Locale.ROOT),
                        Counts.of(config.layers(), "layer"),
                        config.width(),
                        Counts.of(config.heads(), "head"),
                        published.resolution(),
                        config.colours(),
                        Weights.count(config),
                        published.classifier() == null
                                ? ""
                                : "; with a classifier of %,d classes, on layer %d"
                                        .formatted(
                                                published.classifier().classes().size(),
                                                published.classifier().layer()));
    }
}
