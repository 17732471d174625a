package igpt.model;

/** What a network learns to predict (section 2.2 of the paper). */
public enum Objective {
    /** Auto-regressive: each pixel from those before it. */
    AR,
    /** Each masked pixel from all that are not masked. */
    BERT
}
