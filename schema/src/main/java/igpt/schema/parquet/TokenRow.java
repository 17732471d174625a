package igpt.schema.parquet;

/**
 * An image as a sequence of colours.
 *
 * @param id its place in the source's own order
 * @param label its class, or -1 where there is none
 * @param source where it came from: a file name, or a batch file and a place in it
 * @param tokens its colours in raster order, each an index into the palette
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the quantizer to the file: never compared
public record TokenRow(long id, int label, String source, short[] tokens) {}
