package igpt.random;

import java.util.SplittableRandom;

/**
 * Random numbers without a state: each thing drawn has a key, of a seed and what it is for. So a resumed run draws what
 * an undisturbed one would.
 */
public final class Keyed {
    // What is drawn, so that two kinds never share their numbers.
    public static final long TRAINING_MASK = 1;
    public static final long IMAGE_MASK = 2;
    public static final long AUGMENTATION = 3;
    public static final long TIE = 4;
    public static final long LABELLED_SUBSET = 5;
    public static final long WEIGHT = 6;
    public static final long DRAWN_TOKEN = 7;

    private Keyed() {}

    public static SplittableRandom random(long... key) {
        long mixed = 0;
        for (long part : key) {
            mixed = mix(mixed * 0x9E3779B97F4A7C15L + part);
        }
        return new SplittableRandom(mixed);
    }

    /** The finaliser of SplitMix64. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
