package igpt.sample;

import igpt.config.UsageException;
import igpt.prepare.NewImages;
import igpt.prepare.Preparation;
import igpt.pretrain.CheckpointResolver;
import igpt.recipe.Input;
import igpt.recipe.Lookup;
import igpt.recipe.RunInputs;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import igpt.tokenizer.PaletteTokenizer;
import java.io.IOException;
import java.util.LinkedHashMap;

/** Finds the checkpoint to draw from, and whether there is what is to be completed. */
public final class SampleResolver {
    private SampleResolver() {}

    /** @throws UsageException if something is not there, or nothing can be drawn */
    public static RunInputs find(SampleParameters parameters, Lookup lookup) {
        if (!parameters.draws()) {
            throw new UsageException("there is nothing to draw: give samples=16, or complete=test");
        }
        var inputs = parameters.completesDataset()
                ? CheckpointResolver.find(parameters.checkpoint(), "", lookup)
                : CheckpointResolver.findAlone(parameters.checkpoint(), lookup);
        if (inputs.get(Input.Checkpoint.class).maskRate() != null) {
            throw new UsageException(
                    "a BERT model cannot draw: it fills in pixels among others; give the checkpoint of an auto-regressive model (objective=ar)");
        }
        if (!parameters.completes()) {
            return inputs;
        }
        var model = lookup.artifact(inputs.get(Input.Checkpoint.class));
        int resolution = new Datasets(lookup.jdbc()).vocabulary(model.id()).resolution();
        parameters.givenRows(PaletteTokenizer.grid(resolution).rows());
        if (parameters.completesDataset()) {
            checkSplit(parameters.complete(), lookup.artifact(inputs.get(Input.Dataset.class)), lookup);
            return inputs;
        }
        var all = new LinkedHashMap<>(inputs.byName());
        all.putAll(RunInputs.of(images(parameters.complete(), model, lookup)).byName());
        return new RunInputs(all);
    }

    private static void checkSplit(String split, Artifact dataset, Lookup lookup) {
        if (new Datasets(lookup.jdbc()).get(dataset.id()).rows(split) == 0) {
            throw new UsageException("parameter 'complete' cannot be %s: dataset %s has no such images"
                    .formatted(split, dataset.name()));
        }
    }

    private static Input images(String folder, Artifact model, Lookup lookup) {
        var preparation = Preparation.of(model, lookup.artifacts(), new Datasets(lookup.jdbc()));
        try (var images = NewImages.open(folder, NewImages.Which.ALL, preparation)) {
            images.checkReadable();
            lookup.say()
                    .accept("%s: %s, shown as the model learnt: %d x %d pixels in its own colours"
                            .formatted(images.name(), images, preparation.resolution(), preparation.resolution()));
            return new Input.Images(images.fingerprint(), null);
        } catch (UserException e) {
            throw new UsageException(e.getMessage().replaceFirst("^data: ", "complete: "), e);
        } catch (IOException e) {
            throw new UsageException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }
}
