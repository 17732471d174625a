package igpt.model;

/**
 * A linear classifier on a layer's average over positions (section 2.3 of the paper).
 *
 * @param layer the norm it reads: 0 to L − 1 at the entry of that block, L after the last
 * @param classes K
 */
public record Head(int layer, int classes) {
    /** Its weight's name in the reference: [e, K]. */
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
