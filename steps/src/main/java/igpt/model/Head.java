package igpt.model;

/**
 * A linear classifier on a layer's average over positions (section 2.3 of the paper).
 *
 * @param layer that it reads through a norm: 0 to L − 1 before that block, L after the last
 * @param classes K
 */
public record Head(int layer, int classes) {
    /** The name of its weight in the reference, where it is [K, e]; here it is [e, K]. */
    public static final String WEIGHT = "model/clf/wclf";

    public Head {
        if (layer < 0 || classes < 2) {
            throw new IllegalArgumentException("a head at layer " + layer + " over " + classes + " classes");
        }
    }

    /** Zero at the start: the first classification loss is ln(classes). */
    public Weight weight(ModelConfig config) {
        return new Weight(WEIGHT, new long[] {config.width(), classes}, 0, 0);
    }
}
