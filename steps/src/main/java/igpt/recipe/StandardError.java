package igpt.recipe;

/** How far a share that was counted on n images may be from that of all such images: sqrt(p (1 - p) / n). */
public final class StandardError {
    private StandardError() {}

    /** @param share of 1 */
    public static double of(double share, long images) {
        return Math.sqrt(share * (1 - share) / images);
    }

    /** The same in per cent. */
    public static double ofPercent(double percent, long images) {
        return 100 * of(percent / 100, images);
    }
}
