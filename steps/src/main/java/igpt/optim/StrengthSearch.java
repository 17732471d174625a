package igpt.optim;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The strength of the L2 penalty, from 0.1 down by powers of ten, of the objective mean −log p + strength / 2 · |W|² on
 * standardized features. It ends where the validation accuracy falls; below 10⁻⁵ it has to rise for the search to continue.
 * The strongest of the best is taken.
 *
 * @param <F> what is fitted
 */
public final class StrengthSearch<F> {

    private static final int STRONGEST = 1; // −log₁₀
    private static final int USUAL = 5;
    private static final int WEAKEST = 10; // hardly a penalty any more

    private int exponent = STRONGEST;
    private boolean goesOn = true;
    private @Nullable F last;
    private @Nullable F best;
    private int bestExponent;
    private double bestAccuracy = -1;

    public boolean goesOn() {
        return goesOn;
    }

    /** The one to try now. */
    public double strength() {
        return strength(exponent);
    }

    /** What the strength before this one gave; null at the first. */
    public @Nullable F last() {
        return last;
    }

    /** What the strength gave. */
    public void add(F fit, double validationAccuracy) {
        boolean rose = validationAccuracy > bestAccuracy;
        boolean fell = validationAccuracy < bestAccuracy;
        last = fit;
        if (rose) {
            best = fit;
            bestExponent = exponent;
            bestAccuracy = validationAccuracy;
        }
        goesOn = exponent < WEAKEST && (exponent < USUAL ? !fell : rose);
        exponent++;
    }

    public F best() {
        return Objects.requireNonNull(best);
    }

    public double bestStrength() {
        return strength(bestExponent);
    }

    public double bestAccuracy() {
        return bestAccuracy;
    }

    private static double strength(int exponent) {
        return Double.parseDouble("1e-" + exponent); // as it is written, to the last bit
    }
}
