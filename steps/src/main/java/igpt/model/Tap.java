package igpt.model;

/** What can be read from a forward pass at each layer l: 0 to L − 1 before that block, L after the last. */
public enum Tap {
    /** hˡ, the residual: [b s, e]. */
    RESIDUAL,
    /** The average of hˡ over positions: [b, e]. */
    MEAN_RESIDUAL,
    /** The average over positions of nˡ, the norm that reads hˡ: [b, e]. The paper's features (section 2.3). */
    MEAN_NORM
}
