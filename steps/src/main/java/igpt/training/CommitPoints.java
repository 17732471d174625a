package igpt.training;

/**
 * When a training saves a checkpoint, and when it ends at the latest.
 *
 * @param every iterations from one regular checkpoint to the next
 * @param last the last iteration
 * @param milestones iterations whose checkpoints are kept for good
 */
public record CommitPoints(int every, long last, Milestones milestones) {
    /** The iteration of the next checkpoint. */
    long next(long iteration) {
        long regular = Math.min(last, (iteration / every + 1) * every);
        return milestones.next(iteration, regular);
    }

    /** Whether that iteration is a commit point. A stop leaves checkpoints in between. */
    public boolean isRegular(long iteration) {
        return iteration % every == 0 || iteration == last || milestones.contains(iteration);
    }
}
