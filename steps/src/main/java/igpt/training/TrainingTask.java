package igpt.training;

import igpt.graph.Network;
import igpt.schema.artifact.Artifact;
import igpt.train.Trainer;
import java.io.IOException;
import java.util.Optional;

/** What a stage trains, and how. */
public interface TrainingTask {
    /** Begins or finds the artifact to be trained; empty if there is nothing left to train. */
    Optional<Artifact> begin() throws IOException;

    /**
     * How it is trained.
     *
     * @throws igpt.schema.UserException if it cannot be trained: too few images, a layer that does not exist
     */
    TrainingSetup setup(Artifact artifact) throws IOException;

    /** Called once it is known to fit in memory, before the network is opened. */
    default void beforeOpening(Artifact artifact, TrainingSetup setup, int microBatch) throws IOException {}

    /** Sets the weights that the training starts from. */
    void initialize(Network network) throws IOException;

    /**
     * Called with the last iteration's loss, before its checkpoint is committed.
     *
     * @throws igpt.recipe.DivergedException if the training has diverged
     */
    default void checkLastLoss(Artifact artifact, TrainingSetup setup, Trainer.Loss last) {}

    /** Writes what the training leaves in addition to its checkpoints and curves. */
    default void finish(Artifact artifact) throws IOException {}
}
