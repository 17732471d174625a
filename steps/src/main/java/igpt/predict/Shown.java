package igpt.predict;

/**
 * An image as a network is shown it.
 *
 * @param row its place among others, by which a BERT's masks are drawn and its votes' ties decided
 * @param tokens of its pixels
 */
@SuppressWarnings("ArrayRecordComponent") // handed on: never compared
public record Shown(long row, short[] tokens) {}
