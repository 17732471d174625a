package igpt.model;

/** What is minimised (section 2.3 of the paper): L_GEN, L_CLF or their sum, each with weight 1. */
public enum Losses {
    /** The model's own objective. */
    GENERATIVE(true, false),
    /** The head's cross entropy. */
    CLASSIFICATION(false, true),
    /** Both, as the paper fine-tunes. */
    JOINT(true, true);

    private final boolean generation;
    private final boolean classification;

    Losses(boolean generation, boolean classification) {
        this.generation = generation;
        this.classification = classification;
    }

    public boolean generation() {
        return generation;
    }

    public boolean classification() {
        return classification;
    }
}
