package igpt.train;

import igpt.random.Keyed;
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
     * @param tokens the image's stand from {@code at} on, {@code positions} of them, a square by rows
     */
    void apply(long seed, long number, int[] tokens, int at, int positions) {
        if (this == NONE) {
            return;
        }
        int side = (int) Math.round(Math.sqrt(positions));
        int padding = Math.max(1, side / PADDING);
        SplittableRandom random = Keyed.random(seed, Keyed.AUGMENTATION, number);
        int top = random.nextInt(2 * padding + 1) - padding;
        int left = random.nextInt(2 * padding + 1) - padding;
        crop(tokens, at, side, top, left, random.nextBoolean());
    }

    /** The square at {@code top} and {@code left} of the image mirrored at its edges. */
    static void crop(int[] tokens, int at, int side, int top, int left, boolean mirror) {
        int[] image = Arrays.copyOfRange(tokens, at, at + side * side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = reflect(x + left, side);
                int from = reflect(y + top, side) * side + (mirror ? side - 1 - column : column);
                tokens[at + y * side + x] = image[from];
            }
        }
    }

    /** −1 is 1 and {@code side} is {@code side} − 2: the edge itself is not repeated. */
    private static int reflect(int i, int side) {
        int inside = Math.abs(i);
        return inside < side ? inside : 2 * (side - 1) - inside;
    }
}
