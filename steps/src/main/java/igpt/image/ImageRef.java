package igpt.image;

/**
 * An image that can be read.
 *
 * @param id its place in the source's own order, from 0
 * @param label index into {@link ImageSource#classes()}, or -1 where there is none
 * @param source what a person finds it by: a path inside the source, or a batch file and a place in it
 */
public record ImageRef(long id, Split split, int label, String source) {}
