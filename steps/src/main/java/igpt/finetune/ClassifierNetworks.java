package igpt.finetune;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.device.MemoryNeeds;
import igpt.graph.Network;
import igpt.model.Head;
import igpt.model.ModelConfig;
import igpt.recipe.CheckpointFiles;
import igpt.recipe.Networks;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.dataset.Datasets;
import igpt.training.MicroBatches;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Opens the network of a classifier: the model's, with a head. */
@Component
record ClassifierNetworks(
        RunContext run,
        RunArtifacts artifacts,
        Datasets datasets,
        CheckpointFiles files,
        MicroBatches microBatches,
        Networks networks) {
    ModelConfig config() throws IOException {
        return files.config(artifacts.get(MODEL));
    }

    /** @throws UserException if the layer does not exist, or the images have no labels */
    Head head() throws IOException {
        int layers = config().layers();
        int layer = run.parameters(FinetuneParameters.class).head();
        if (layer > layers) {
            throw new UserException("head cannot be %d: the model's layers are 0 to %d".formatted(layer, layers));
        }
        return new Head(
                layer < 0 ? layers : layer,
                datasets.labelled(artifacts.get(DATASET)).classes().size());
    }

    /** Opens a checkpoint of the classifier to run it, with as many images at a time as it was trained with. */
    Network open(Artifact classifier, Checkpoint checkpoint) throws IOException {
        FinetuneParameters p = run.parameters(FinetuneParameters.class);
        ModelConfig config = config();
        int microBatch = microBatches.of(
                classifier,
                p.microBatch(),
                () -> MemoryNeeds.microBatch(config, p.batch(), p.recompute(), p.precision(), run.device()));
        return networks.open(config, microBatch, head(), checkpoint);
    }
}
