package igpt.image.decode;

import igpt.image.ImageRef;
import java.util.SplittableRandom;

/** Which square of an image is read. */
@FunctionalInterface
public interface Crop {
    /** The shorter side becomes so many pixels at least … */
    int SHORTEST = 256;

    /** … and so many at most … */
    int LONGEST = 384;

    /** … of which so many are cropped. */
    int CROP = 224;

    /** The largest in the middle. */
    Crop CENTRE = (width, height) -> {
        int side = Math.min(width, height);
        return new Window(1, (width - side) / 2, (height - side) / 2, side);
    };

    Window window(int width, int height);

    /**
     * The paper's augmentation of ImageNet: the shorter side resized to a random length from 256 to 384, of that a random
     * 224 × 224 crop. Nothing is resized here: the crop is a square of the source, which is averaged down at once.
     *
     * @param image its {@link ImageRef#id()}
     * @param variant the same crop whenever all three are the same
     */
    static Crop random(long seed, long image, int variant) {
        return (width, height) -> {
            var random = new SplittableRandom(mix(mix(seed) ^ image) ^ variant);
            int shorter = Math.min(width, height);
            int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
            // A pixel of the resized image is shorter/length long.
            int x = random.nextInt((int) ((long) width * length / shorter) - CROP + 1);
            int y = random.nextInt((int) ((long) height * length / shorter) - CROP + 1);
            return new Window(length, (long) x * shorter, (long) y * shorter, (long) CROP * shorter);
        };
    }

    private static long mix(long key) {
        return new SplittableRandom(key).nextLong();
    }
}
