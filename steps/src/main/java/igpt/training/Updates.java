package igpt.training;

import igpt.config.UsageException;

/** What the records that tell how weights are updated say in the same words. */
public final class Updates {
    public static final String BATCH = "images per iteration";
    public static final String PARTS = "images at a time, whose gradients are added up; divides batch; 0: ";
    public static final String MICRO_BATCH = PARTS + "as many as fit into memory";
    public static final String RECOMPUTE =
            "compute each block again in the backward pass: less memory, a third more time";
    public static final String PRECISION = "of matrix products: float32, or bfloat16 where the device is faster at it";
    public static final String MASK_RATE = "of bert: the share of pixels that are hidden";

    private Updates() {}

    /** @throws UsageException unless the one divides the other */
    public static void check(int batch, int microBatch) {
        if (microBatch > 0 && batch % microBatch != 0) {
            throw new UsageException(
                    "parameter 'micro_batch' cannot be " + microBatch + ": it must divide batch, " + batch);
        }
    }
}
