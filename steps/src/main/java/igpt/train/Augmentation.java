package igpt.train;

import igpt.random.Keyed;
import igpt.tokenizer.Grid;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What is done to an image each time it is trained on. It moves whole pixels, so it is done to tokens. */
public enum Augmentation {
    /** Nothing. */
    NONE,
    /**
     * The paper's for CIFAR (section 3.1): the image or its mirror image is padded by reflection, and a square of the
     * old size is cut out at random. The padding is an eighth of the side: 4 pixels of 32.
     */
    CROP;

    private static final int PADDING = 8;

    /**
     * @param number of the image in the training, from 0: with the seed it tells what is drawn
     * @param tokens the image's stand from {@code at} on, row by row of the grid
     */
    void apply(long seed, long number, int[] tokens, int at, Grid grid) {
        if (this == NONE) {
            return;
        }
        var random = Keyed.random(seed, Keyed.AUGMENTATION, number);
        int top = shift(random, grid.rows());
        int left = shift(random, grid.columns());
        crop(tokens, at, grid, top, left, random.nextBoolean());
    }

    private static int shift(SplittableRandom random, int side) {
        int padding = Math.max(1, side / PADDING);
        return random.nextInt(2 * padding + 1) - padding;
    }

    /** The part at {@code top} and {@code left} of the image mirrored at its edges. */
    static void crop(int[] tokens, int at, Grid grid, int top, int left, boolean mirror) {
        int[] image = Arrays.copyOfRange(tokens, at, at + grid.positions());
        for (int y = 0; y < grid.rows(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                int column = reflect(x + left, grid.columns());
                int from = reflect(y + top, grid.rows()) * grid.columns()
                        + (mirror ? grid.columns() - 1 - column : column);
                tokens[at + y * grid.columns() + x] = image[from];
            }
        }
    }

    /** −1 is 1 and {@code side} is {@code side} − 2: the edge itself is not repeated. */
    private static int reflect(int i, int side) {
        int inside = Math.abs(i);
        return inside < side ? inside : 2 * (side - 1) - inside;
    }
}
