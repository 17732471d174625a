package igpt.predict;

import igpt.config.UsageException;
import igpt.prepare.DatasetResolver;
import igpt.prepare.NewImages;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import java.io.IOException;
import java.util.List;

/** Finds the images that a model is to be shown. */
public final class ShownImagesResolver {
    private ShownImagesResolver() {}

    /**
     * @param data a path; empty if a dataset is given
     * @param dataset as the user names it; empty if a path is given
     * @param parts of the model
     * @throws UsageException if not one of the two is given, or the images do not go with the model
     */
    static Input find(
            String data, String dataset, NewImages.Which split, ModelParts parts, Artifact model, Lookup lookup) {
        if (data.isEmpty() == dataset.isEmpty()) {
            throw new UsageException("give the images, data=FOLDER, or those of a prepared dataset, dataset=NAME"
                    + (data.isEmpty() ? "" : ", and not both"));
        }
        return data.isEmpty() ? ofDataset(dataset, split, model, lookup) : ofPath(data, split, parts, lookup);
    }

    private static Input ofPath(String data, NewImages.Which split, ModelParts parts, Lookup lookup) {
        try (var images = NewImages.open(data, split, parts.preparation())) {
            images.checkReadable();
            var others =
                    images.others() == 0 ? "" : " (split=all: all %,d)".formatted(images.count() + images.others());
            lookup.say()
                    .accept("%s: %s%s, shown as the model learnt: %s"
                            .formatted(images.name(), images, others, parts.words()));
            return new Input.Images(images.fingerprint(), null);
        } catch (IOException e) {
            throw new UsageException("cannot read " + data + ": " + e.getMessage(), e);
        }
    }

    private static Input ofDataset(String dataset, NewImages.Which split, Artifact model, Lookup lookup) {
        var images = DatasetResolver.find(dataset, lookup);
        DatasetResolver.checkSameTokens(model, images, lookup);
        var row = new Datasets(lookup.jdbc()).get(images.id());
        long count = splits(split).stream().mapToLong(row::rows).sum();
        if (count == 0) {
            throw new UsageException(
                    "split: dataset %s has no such images; give another split".formatted(images.name()));
        }
        return new Input.Dataset(images.fingerprint());
    }

    /** Those of a dataset that are shown. */
    public static List<String> splits(NewImages.Which which) {
        return switch (which) {
            case ALL -> Splits.ALL;
            case TRAIN -> List.of(Splits.TRAIN);
            case VALIDATION -> List.of(Splits.VALIDATION);
            case TEST, AUTO -> List.of(Splits.TEST);
        };
    }
}
