package igpt.training;

import igpt.graph.Network;
import igpt.schema.artifact.Artifact;
import igpt.train.Trainer;
import java.io.IOException;
import java.util.Optional;

/** A stage's training: what it makes, and how. */
public interface TrainingTask {
    /** What is trained, begun if it was not; empty if there is nothing left to train. */
    Optional<Artifact> begin() throws IOException;

    /**
     * How it is trained.
     *
     * @throws igpt.schema.UserException if it cannot be: too few images, a layer that is not there
     */
    TrainingSetup setup(Artifact artifact) throws IOException;

    /** Told when the memory holds it, before the network is opened. */
    default void fits(Artifact artifact, TrainingSetup setup, int microBatch) throws IOException {}

    /** Gives the network the weights that the training begins with. */
    void start(Network network) throws IOException;

    /**
     * Told of the last iteration's loss, before its checkpoint is committed.
     *
     * @throws igpt.recipe.DivergedException if that is no result
     */
    default void check(Artifact artifact, TrainingSetup setup, Trainer.Loss last) {}

    /** Writes what the training leaves besides its checkpoints and curves. */
    default void finish(Artifact artifact) throws IOException {}
}
