package igpt.schema.artifact.study;

/**
 * A classifier fitted to a few labels, and tested.
 *
 * @param lowdataId of the artifact
 * @param labels a class
 * @param subset which of the random subsets: 0, 1, …
 * @param layer of the trained network whose features it sees
 * @param testAccuracy 0 to 1
 * @param objective at the end of the fit
 * @param path of the weights, relative to the runs folder
 */
public record LowDataResult(
        long lowdataId,
        int labels,
        int subset,
        int layer,
        double testAccuracy,
        double objective,
        int iterations,
        boolean converged,
        String path,
        String sha256) {}
