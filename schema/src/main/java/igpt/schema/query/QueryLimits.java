package igpt.schema.query;

import igpt.schema.UserException;
import java.time.Duration;

/**
 * What a question in the user's own SQL may take.
 *
 * @param rows that are returned at most
 * @param time until it is given up
 */
public record QueryLimits(int rows, Duration time) {

    public static final QueryLimits DEFAULT = new QueryLimits(100_000, Duration.ofSeconds(60));

    public QueryLimits {
        if (rows < 1) {
            throw new UserException("rows cannot be " + rows + ": at least 1");
        }
        if (time.compareTo(Duration.ofMillis(1)) < 0) {
            throw new UserException("the time for a query cannot be " + time.toMillis() + " ms: at least 1");
        }
    }
}
