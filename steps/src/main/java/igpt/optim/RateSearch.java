package igpt.optim;

/**
 * The paper's search for a learning rate: from the largest down, until the final validation loss starts to rise
 * (section 3.2). The rate before the rise is taken; what comes after it is not looked at.
 */
public final class RateSearch {

    /** The rates tried, each about a third of the one before. */
    public static double[] rates() {
        return new double[] {30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};
    }

    private RateSearch() {}

    /**
     * @param losses the final validation loss of each rate, the largest rate first; not finite where it diverged, which
     *     is higher than any loss
     * @return the place of the rate taken; the last one's if the loss never rises, −1 if every rate diverged
     */
    public static int choose(double[] losses) {
        int chosen = -1;
        for (int i = 0; i < losses.length; i++) {
            if (chosen >= 0 && !(losses[i] <= losses[chosen])) {
                break;
            }
            if (Double.isFinite(losses[i])) {
                chosen = i;
            }
        }
        return chosen;
    }
}
