package igpt.prepare;

import igpt.image.ImageSource;
import igpt.schema.dataset.ClassRows;
import java.util.List;

/**
 * What a later stage of the same run needs of the dataset: said before the days of work that lead there. A stage that needs
 * something has a component that implements this.
 */
public interface DatasetRequirement {
    /**
     * Of the images that were found.
     *
     * @throws igpt.schema.UserException if they will not do
     */
    default void checkImages(ImageSource images, long validationImages) {}

    /**
     * Of what is left once they are decoded: broken images may have been what was just enough.
     *
     * @throws igpt.schema.UserException if it will not do
     */
    default void checkClasses(List<ClassRows> classes) {}
}
