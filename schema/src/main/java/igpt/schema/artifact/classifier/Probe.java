package igpt.schema.artifact.classifier;

import org.jspecify.annotations.Nullable;

/**
 * A linear classifier on one layer of one network, or on several layers side by side.
 *
 * @param probeId of its artifact
 * @param network trained, untrained, pixels, or concat for layers side by side
 * @param layer where they stand side by side: the one in their middle
 * @param l2 the strength that the validation split chose; 0 for sgd
 * @param validationAccuracy 0 to 1
 * @param testAccuracy 0 to 1; null until tested
 * @param objective at the end of the fit
 * @param best whether it is its network's best layer by validation accuracy
 * @param path of the weights, relative to the runs folder
 * @param solver lbfgs or sgd
 * @param learningRate that the validation split chose; null for lbfgs
 * @param protocol in words: what was chosen on what, fitted to what, and tested
 * @param voteAccuracy on test images, 0 to 1, of several masks' modal prediction; null where there are no masks
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
        String sha256,
        String solver,
        @Nullable Double learningRate,
        String protocol,
        @Nullable Double voteAccuracy) {

    public Probe tested(double accuracy, @Nullable Double vote) {
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
                sha256,
                solver,
                learningRate,
                protocol,
                vote);
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
                sha256,
                solver,
                learningRate,
                protocol,
                voteAccuracy);
    }
}
