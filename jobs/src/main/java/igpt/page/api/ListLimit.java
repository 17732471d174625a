package igpt.page.api;

import igpt.config.UsageException;

/** How many of a list are asked for at a time. */
final class ListLimit {
    private static final int MOST = 500;

    private ListLimit() {}

    /** @throws UsageException if there are too many, or none */
    static void check(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new UsageException("limit cannot be %d: it must be from 1 to %d".formatted(limit, MOST));
        }
    }
}
