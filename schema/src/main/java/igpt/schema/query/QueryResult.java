package igpt.schema.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question in the user's own SQL gave.
 *
 * @param columns names, in lower case
 * @param rows a value a column: null, String, Boolean, a Number, LocalDateTime, Instant, or another type's text
 * @param more whether there were more rows than were asked for
 */
public record QueryResult(List<String> columns, List<List<@Nullable Object>> rows, boolean more) {}
