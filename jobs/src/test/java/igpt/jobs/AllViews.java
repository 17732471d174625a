package igpt.jobs;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.run.RunHistory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a database says of the runs, to be compared. */
final class AllViews {
    /** Of this machine or this moment, rather than of the runs. */
    private static final Set<String> OTHERS = Set.of("bench_history", "live_run");

    private AllViews() {}

    static String of(Path home) {
        return of(DatabaseSettings.embedded(home.resolve("runs")));
    }

    static String of(DatabaseSettings settings) {
        return of(settings, String::valueOf);
    }

    /** As far as two databases agree: not in nanoseconds, nor in the last digit of a standard deviation. */
    static String roughly(DatabaseSettings settings) {
        return of(settings, value -> {
            if (value instanceof Instant || value instanceof BigDecimal) return "about then";
            return value instanceof Double number ? "%.10g".formatted(number) : String.valueOf(value);
        });
    }

    private static String of(DatabaseSettings settings, Function<@Nullable Object, String> words) {
        try (var database = Database.forReading(settings)) {
            var history = new RunHistory(database);
            return history.views().keySet().stream()
                    .filter(view -> !OTHERS.contains(view))
                    .sorted()
                    .map(view -> view + "\n"
                            + history.query("select * from " + view).rows().stream()
                                    .map(row -> row.stream().map(words).toList().toString())
                                    .sorted()
                                    .collect(Collectors.joining("\n")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
