package igpt.schema.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images as sequences of colours.
 *
 * @param id of its artifact
 * @param source what it was prepared from
 * @param published which published set its images are, as their format says; null of anybody's own
 * @param resolution pixels a side
 * @param classes names by label; empty where there are no labels
 * @param skipped broken images left out
 * @param palettePath relative to the runs folder
 * @param manifestSha256 over the checksums of all parts
 */
public record Dataset(
        long id,
        String source,
        @Nullable String published,
        int resolution,
        int colours,
        List<String> classes,
        long trainRows,
        long validationRows,
        long testRows,
        long skipped,
        String palettePath,
        String manifestSha256) {

    public Dataset {
        classes = List.copyOf(classes);
    }

    /** Images of a split. */
    public long rows(String split) {
        return switch (split) {
            case Splits.TRAIN -> trainRows;
            case Splits.VALIDATION -> validationRows;
            case Splits.TEST -> testRows;
            default -> throw new IllegalArgumentException("no split: " + split);
        };
    }
}
