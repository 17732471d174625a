package igpt.export;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.recipe.Input;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where a model came from.
 *
 * @param name the model's
 * @param run whose weights they are
 * @param iteration of the checkpoint
 * @param validationNats the checkpoint's validation loss in nats a pixel; null where it was not taken
 * @param gitCommit of the program that made the weights
 * @param dataset the name of what it was trained on; null for a model that was imported
 * @param datasetRun that prepared this
 * @param classifierRun that fine-tuned or probed it; null where there is no classifier
 */
public record ExportOrigin(
        String name,
        long run,
        long iteration,
        @Nullable Double validationNats,
        String gitCommit,
        long seed,
        String tensorflow,
        String device,
        @Nullable String dataset,
        @Nullable Long datasetRun,
        @Nullable Long classifierRun) {

    /** A fine-tuned one that did not come with an imported model. */
    static boolean isTrainedHere(Artifact classifier, JdbcClient jdbc) {
        return classifier.kind().equals(Input.Classifier.KIND)
                && new Artifacts(jdbc).findInput(classifier, DATASET.kind()).isPresent();
    }

    /** @param classifier that goes with the model; a fine-tuned one has weights of its own */
    public static ExportOrigin of(Artifact model, long iteration, Optional<Artifact> classifier, JdbcClient jdbc) {
        var trained = classifier.filter(one -> isTrainedHere(one, jdbc)).orElse(model);
        var dataset = new Artifacts(jdbc).findInput(model, DATASET.kind());
        return new ExportOrigin(
                model.name(),
                trained.run(),
                iteration,
                new Checkpoints(jdbc)
                        .at(trained.id(), iteration)
                        .map(Checkpoint::validationNats)
                        .orElse(null),
                trained.provenance().gitCommit(),
                trained.provenance().seed(),
                trained.provenance().tensorflow(),
                trained.provenance().device(),
                dataset.map(Artifact::name).orElse(null),
                dataset.map(Artifact::run).orElse(null),
                classifier.map(Artifact::run).orElse(null));
    }
}
