package igpt.schema.dataset;

/**
 * Something worth knowing of a dataset.
 *
 * @param what in the plural: {@code HEIC files}
 * @param files how many
 */
public record Finding(Kind kind, String what, long files) {

    public enum Kind {
        /** Files that are not among its images. */
        LEFT_OUT,
        /** A folder that is no class, since no image of it can be read. */
        NO_CLASS,
        /** Images of one split that are those of another, pixel for pixel. */
        COPIES
    }
}
