package igpt.jobs;

import java.util.Random;

/** What the tests of {@code -Pcampaign} draw from. */
final class Campaign {
    static final String TAG = "campaign";

    private Campaign() {}

    /** Of the seed that {@code igpt.seed} gives, or of a new one; printed, so that a failure can be repeated. */
    static Random random(String name) {
        long seed = Long.getLong("igpt.seed", System.nanoTime());
        System.out.printf("%s: -Digpt.seed=%d%n", name, seed);
        return new Random(seed);
    }

    static int count(String property, int otherwise) {
        return Integer.getInteger(property, otherwise);
    }
}
