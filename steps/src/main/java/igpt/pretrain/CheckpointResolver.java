package igpt.pretrain;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.config.UsageException;
import igpt.prepare.DatasetResolver;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.artifact.model.Models;
import igpt.schema.artifact.study.SweepTrials;
import igpt.schema.dataset.Datasets;
import java.util.Optional;

/** Finds the checkpoint that a user names: newest, RUN, RUN@ITERATION or its model's name. */
public final class CheckpointResolver {
    private CheckpointResolver() {}

    /** A model's checkpoint. */
    public record Found(Artifact model, long iteration) {}

    /**
     * A checkpoint, and the images to use it on.
     *
     * @param dataset as the user names it; empty for the one that the model was trained on
     * @throws UsageException if either does not exist, or they do not go together
     */
    public static RunInputs find(String checkpoint, String dataset, Lookup lookup) {
        var found = find(checkpoint, lookup);
        var images = dataset.isEmpty() ? ownDataset(found.model(), lookup) : DatasetResolver.find(dataset, lookup);
        if (!dataset.isEmpty()) {
            DatasetResolver.checkSameTokens(found.model(), images, lookup);
        }
        return RunInputs.of(input(found, lookup), new Input.Dataset(images.fingerprint()));
    }

    /**
     * A checkpoint alone.
     *
     * @throws UsageException if it does not exist
     */
    public static RunInputs findAlone(String checkpoint, Lookup lookup) {
        return RunInputs.of(input(find(checkpoint, lookup), lookup));
    }

    private static Input input(Found found, Lookup lookup) {
        var maskRate = new Models(lookup.jdbc()).maskRate(found.model().id()).orElse(null);
        return new Input.Checkpoint(found.model().fingerprint(), found.iteration(), maskRate);
    }

    private static Artifact ownDataset(Artifact model, Lookup lookup) {
        var own = lookup.artifacts().findInput(model, DATASET.kind()).orElseThrow(() -> withoutImages(model, lookup));
        lookup.say().accept("dataset %s (run %d), the model's own".formatted(own.name(), own.run()));
        return own;
    }

    private static UsageException withoutImages(Artifact model, Lookup lookup) {
        var vocabulary = new Datasets(lookup.jdbc()).vocabulary(model.id());
        return new UsageException(
                "model %s (run %d) was imported without images: give dataset=; ./igpt run prepare data=… resolution=%d colours=%d palette=%2$d makes one"
                        .formatted(model.name(), model.run(), vocabulary.resolution(), vocabulary.colours()));
    }

    /** @throws UsageException if there is none */
    public static Found find(String selector, Lookup lookup) {
        int at = selector.indexOf('@');
        var model = model(at < 0 ? selector : selector.substring(0, at), lookup);
        var checkpoint = at < 0
                ? newest(model, lookup)
                : at(model, Lookup.number("checkpoint", selector.substring(at + 1)), lookup);
        lookup.say()
                .accept("model %s (run %d), iteration %d".formatted(model.name(), model.run(), checkpoint.iteration()));
        return new Found(model, checkpoint.iteration());
    }

    /** Checked before the launch: the step that misses the layer comes late. */
    public static void checkLayer(String parameter, int layer, RunInputs inputs, Lookup lookup) {
        var model = lookup.artifact(inputs.get(Input.Checkpoint.class));
        int layers = new Models(lookup.jdbc()).get(model.id()).layers();
        if (layer > layers) {
            throw new UsageException(
                    "parameter '%s' cannot be %d: the model has the layers 0 to %d; -1 leaves the choice"
                            .formatted(parameter, layer, layers));
        }
    }

    /** A model is named as any artifact is; in addition, a sweep's number means the best of its models. */
    private static Artifact model(String selector, Lookup lookup) {
        var trials = new SweepTrials(lookup.jdbc());
        var sweep =
                Lookup.isNumber(selector) ? trials.ofRun(Lookup.number("model", selector)) : Optional.<Artifact>empty();
        if (sweep.isEmpty()) {
            return lookup.artifact(MODEL.kind(), selector, "pretrain");
        }
        var winner = trials.winner(sweep.get().id());
        if (winner.isEmpty() || winner.get().madeId() == null || winner.get().validationNats() == null) {
            throw new UsageException(
                    sweep.get().complete()
                            ? "run %s is a sweep, and not of models".formatted(selector)
                            : "run %s has not finished its sweep: ./igpt resume %1$s".formatted(selector));
        }
        lookup.say()
                .accept("learning_rate %s, the best of sweep %s"
                        .formatted(winner.get().learningRate(), selector));
        return lookup.artifacts().get(winner.get().madeId());
    }

    private static Checkpoint newest(Artifact model, Lookup lookup) {
        return new Checkpoints(lookup.jdbc())
                .newest(model.id())
                .orElseThrow(() -> new UsageException("run " + model.run() + " has no checkpoint yet"));
    }

    private static Checkpoint at(Artifact model, long iteration, Lookup lookup) {
        var all = new Checkpoints(lookup.jdbc()).all(model.id());
        return all.stream()
                .filter(checkpoint -> checkpoint.iteration() == iteration)
                .findFirst()
                .orElseThrow(() -> new UsageException("run %d has no checkpoint at iteration %d; it has %s"
                        .formatted(
                                model.run(),
                                iteration,
                                all.stream().map(Checkpoint::iteration).toList())));
    }
}
