package igpt.recipe;

import igpt.schema.artifact.Artifact.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run depends on apart from its parameters: settled at its first launch, stored with it by the names of the components,
 * and part of its identity.
 */
public sealed interface Input {

    /** The artifact that it stands for, if it stands for one. */
    default Optional<Ingredient> artifact() {
        return Optional.empty();
    }

    /**
     * Images to prepare.
     *
     * @param source fingerprint of all that is read
     * @param palette SHA-256 of a given one; null where it is fitted
     */
    record Images(String source, @Nullable String palette) implements Input {}

    /** @param dataset its fingerprint */
    record Dataset(String dataset) implements Input {
        public static final Kind KIND = new Kind("DATASET");

        @Override
        public Optional<Ingredient> artifact() {
            return Optional.of(new Ingredient(KIND, dataset));
        }
    }

    /** The size of a model to be trained. */
    record Size(int layers, int width, int heads) implements Input {}

    /**
     * A trained model.
     *
     * @param model its fingerprint
     * @param maskRate the share of pixels that it is not shown of any image; null for one that sees them whole
     */
    record Checkpoint(String model, long iteration, @Nullable Double maskRate) implements Input {
        public static final Kind KIND = new Kind("MODEL");

        @Override
        public Optional<Ingredient> artifact() {
            return Optional.of(new Ingredient(KIND, model));
        }
    }

    /**
     * The weights that a training begins with.
     *
     * @param start fingerprint of the model
     */
    record Start(String start, long startIteration) implements Input {
        @Override
        public Optional<Ingredient> artifact() {
            return Optional.of(new Ingredient(Checkpoint.KIND, start));
        }
    }
}
