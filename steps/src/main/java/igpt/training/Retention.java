package igpt.training;

import igpt.schema.artifact.Checkpoint;
import java.util.List;
import java.util.Set;

/** Which checkpoints are kept. The newest always is. */
public interface Retention {
    /** Iterations of those kept, of these. */
    Set<Long> kept(List<Checkpoint> all);
}
