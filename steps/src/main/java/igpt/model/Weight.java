package igpt.model;

import java.util.Arrays;

/**
 * A weight's name in the reference, its shape, and its initialization.
 *
 * @param sigma standard deviation of the normal distribution it is drawn from; 0: it is {@code mean} everywhere
 * @param mean of that distribution: 1 for the gains of norms, else 0
 */
public record Weight(String name, long[] shape, double sigma, double mean) {

    /** The number of floats. */
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
