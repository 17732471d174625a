package igpt.random;

/**
 * A random order of 0 … n − 1 that is computed, not stored: a Feistel network over the next power of four, walked until
 * it lands below n. So a resumed training needs no state but its iteration.
 */
public final class Permutation {
    private static final int ROUNDS = 6;

    private final long size;
    private final int halfBits;
    private final long key;

    public Permutation(long size, long seed, long epoch) {
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.key = Keyed.mix(Keyed.mix(seed) + epoch);
    }

    /** Where position {@code i} of the order points: within [0, size). */
    public long at(long i) {
        long x = i;
        do {
            x = shuffle(x);
        } while (x >= size);
        return x;
    }

    private long shuffle(long x) {
        long mask = (1L << halfBits) - 1;
        long left = x >>> halfBits;
        long right = x & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (Keyed.mix(key + round * 0x9E3779B97F4A7C15L + right) & mask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
