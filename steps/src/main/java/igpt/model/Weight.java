package igpt.model;

import java.util.Arrays;

/**
 * A weight by the name the reference gives it, its shape, and how it starts.
 *
 * @param sigma standard deviation of the normal start; 0 starts at zero
 * @param mean 1 for the gains of the norms, else 0
 */
public record Weight(String name, long[] shape, double sigma, double mean) {

    /** Floats in the weight. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weight that
                && name.equals(that.name)
                && Arrays.equals(shape, that.shape)
                && sigma == that.sigma
                && mean == that.mean;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
