package igpt.train;

/**
 * The paper's schedule (section 3.4): linear warm-up to the peak, then a cosine to zero.
 *
 * @param peak learning rate at the end of the warm-up
 * @param warmup iterations of warm-up
 * @param iterations of the whole training
 */
public record WarmupCosine(double peak, long warmup, long iterations) implements Schedule {

    @Override
    public double at(long iteration) {
        if (iteration < warmup) {
            return peak * (iteration + 1) / warmup;
        }
        double done = (double) (iteration - warmup) / Math.max(1, iterations - warmup);
        return peak * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    }
}
