package igpt.model;

/**
 * A batch as a network takes it.
 *
 * @param tokens [b, s], row-major
 * @param seen [b, s], 1 where BERT sees the token and 0 where it is hidden; an auto-regressive network ignores it
 */
public record Sequences(int[] tokens, float[] seen) {}
