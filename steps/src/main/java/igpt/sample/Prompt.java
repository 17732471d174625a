package igpt.sample;

import igpt.generate.ImageGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An image that is to be drawn.
 *
 * @param place in what was asked for, from 0
 * @param original tokens of the image that it completes; null if it is drawn whole
 * @param source that image: {@code test/17}; null if it is drawn whole
 * @param label of that image; −1 if there is none
 * @param number of the image: of those drawn whole, or of those that are completed, from 0
 * @param completion of that image, from 1; 0 if it is drawn whole
 * @param givenRows rows of that image; 0 if it is drawn whole
 */
@SuppressWarnings("ArrayRecordComponent") // carried from the dataset to the generator: never compared
record Prompt(
        int place,
        int @Nullable [] original,
        @Nullable String source,
        int label,
        int number,
        int completion,
        int givenRows) {

    static Prompt whole(int number) {
        return new Prompt(number, null, null, -1, number, 0, 0);
    }

    /** Its file, without an ending. */
    String name() {
        return completion == 0
                ? "sample-%05d".formatted(number)
                : "image-%05d-completion-%02d".formatted(number, completion);
    }

    /** @param columns tokens in a row */
    ImageGenerator.Prompt forGenerator(int columns) {
        int[] given = new int[givenRows * columns];
        if (original != null) {
            System.arraycopy(original, 0, given, 0, given.length);
        }
        return new ImageGenerator.Prompt(number, completion, given);
    }
}
