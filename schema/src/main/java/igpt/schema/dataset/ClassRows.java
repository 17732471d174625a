package igpt.schema.dataset;

/**
 * How many rows a class of a dataset has.
 *
 * @param label index into {@link Dataset#classes()}
 */
public record ClassRows(int label, String name, long train, long validation, long test) {}
