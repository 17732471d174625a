package igpt.schema;

import org.jspecify.annotations.Nullable;

/**
 * A linear classifier on one layer of one network.
 *
 * @param probeId of its artifact
 * @param network trained, untrained or pixels
 * @param l2 the strength that the validation split chose
 * @param validationAccuracy 0 to 1
 * @param testAccuracy 0 to 1; null until tested
 * @param objective at the end of the fit
 * @param best whether it is its network's best layer by validation accuracy
 * @param path of the weights, relative to the runs folder
 */
public record Probe(
        long probeId,
        String network,
        int layer,
        double l2,
        double validationAccuracy,
        @Nullable Double testAccuracy,
        double objective,
        int iterations,
        boolean converged,
        boolean best,
        String path,
        String sha256) {

    public Probe tested(double accuracy) {
        return new Probe(
                probeId,
                network,
                layer,
                l2,
                validationAccuracy,
                accuracy,
                objective,
                iterations,
                converged,
                best,
                path,
                sha256);
    }

    public Probe marked(boolean isBest) {
        return new Probe(
                probeId,
                network,
                layer,
                l2,
                validationAccuracy,
                testAccuracy,
                objective,
                iterations,
                converged,
                isBest,
                path,
                sha256);
    }
}
