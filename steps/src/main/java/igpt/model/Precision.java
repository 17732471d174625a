package igpt.model;

/** Of the numbers that matrix products multiply. All else is float32: weights, sums, norms, softmax, losses, updates. */
public enum Precision {
    FLOAT32,
    /** Eight bits of mantissa and float32's range: what recent GPUs and some CPUs multiply several times faster. */
    BFLOAT16
}
