package igpt.schema.parquet;

/**
 * Features of n images at one layer.
 *
 * @param ids as in the token table, n
 * @param labels n, -1 where there is none
 * @param values n × width, a row an image
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the probe: never compared
public record Features(long[] ids, int[] labels, float[] values, int width) {}
