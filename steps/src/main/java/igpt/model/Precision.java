package igpt.model;

/** The type of the numbers that matrix products multiply. Weights, sums, norms, softmax, losses and updates are float32. */
public enum Precision {
    FLOAT32,
    /** Eight bits of mantissa and float32's range: recent GPUs and some CPUs multiply them several times faster. */
    BFLOAT16
}
