package igpt.recipe;

import igpt.schema.artifact.Artifact.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run depends on apart from its parameters. It is settled at the first launch, stored with the run by the names of
 * the components, and part of the run's identity.
 */
public sealed interface Input {

    /** The artifact that it stands for, if any. */
    default Optional<ArtifactKey> artifact() {
        return Optional.empty();
    }

    /**
     * Images to prepare.
     *
     * @param source fingerprint of everything that is read
     * @param palette SHA-256 of a given palette; null if it is fitted to the images
     */
    record Images(String source, @Nullable String palette) implements Input {}

    /**
     * Weights that others have published.
     *
     * @param published SHA-256 of all their files
     */
    record Published(String published) implements Input {}

    /** @param dataset its fingerprint */
    record Dataset(String dataset) implements Input {
        public static final Kind KIND = new Kind("DATASET");

        @Override
        public Optional<ArtifactKey> artifact() {
            return Optional.of(new ArtifactKey(KIND, dataset));
        }
    }

    /** The size of a model to be trained. */
    record Size(int layers, int width, int heads) implements Input {}

    /**
     * A trained model.
     *
     * @param model its fingerprint
     * @param maskRate the share of each image's pixels that BERT is not shown; null for an auto-regressive model
     */
    record Checkpoint(String model, long iteration, @Nullable Double maskRate) implements Input {
        public static final Kind KIND = new Kind("MODEL");

        @Override
        public Optional<ArtifactKey> artifact() {
            return Optional.of(new ArtifactKey(KIND, model));
        }
    }

    /**
     * Linear classifiers on a model's layers.
     *
     * @param probe their fingerprint
     */
    record Probe(String probe) implements Input {
        public static final Kind KIND = new Kind("PROBE");

        @Override
        public Optional<ArtifactKey> artifact() {
            return Optional.of(new ArtifactKey(KIND, probe));
        }
    }

    /**
     * A model that was fine-tuned with a classifier.
     *
     * @param classifier its fingerprint
     */
    record Classifier(String classifier) implements Input {
        public static final Kind KIND = new Kind("CLASSIFIER");

        @Override
        public Optional<ArtifactKey> artifact() {
            return Optional.of(new ArtifactKey(KIND, classifier));
        }
    }

    /**
     * The weights that a training starts from.
     *
     * @param start fingerprint of the model
     */
    record Start(String start, long startIteration) implements Input {
        @Override
        public Optional<ArtifactKey> artifact() {
            return Optional.of(new ArtifactKey(Checkpoint.KIND, start));
        }
    }
}
