package igpt.training;

import igpt.schema.artifact.model.Checkpoint;
import java.util.List;
import java.util.Set;

/** Which checkpoints are kept, in addition to the newest. */
public interface Retention {
    /** The iterations to keep, given all that have a checkpoint. */
    Set<Long> kept(List<Checkpoint> all);
}
