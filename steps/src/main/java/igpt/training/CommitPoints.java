package igpt.training;

import igpt.config.Milestones;

/**
 * Where a training saves, and where it ends at the latest.
 *
 * @param every so many iterations
 * @param last iteration
 * @param milestones what is kept for good
 */
public record CommitPoints(int every, long last, Milestones milestones) {
    /** Where the next checkpoint is due. */
    long next(long iteration) {
        long regular = Math.min(last, (iteration / every + 1) * every);
        return milestones.next(iteration, regular);
    }

    /** Whether a checkpoint of that iteration is none that a stop left between commit points. */
    public boolean isRegular(long iteration) {
        return iteration % every == 0 || iteration == last || milestones.contains(iteration);
    }
}
