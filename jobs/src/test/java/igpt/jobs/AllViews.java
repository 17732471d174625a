package igpt.jobs;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.run.RunHistory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a database says of the runs, to be compared. */
final class AllViews {
    private static final List<String> NAMES = List.of(
            "run_history",
            "step_history",
            "loss_curve",
            "checkpoint_history",
            "probe_by_layer",
            "lowdata_results",
            "lowdata_summary",
            "dataset_catalogue",
            "dataset_classes",
            "dataset_findings",
            "skipped_images",
            "model_catalogue",
            "classifier_results",
            "sweep_trials",
            "lineage");

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
            return NAMES.stream()
                    .map(view -> view + "\n"
                            + history.query("select * from " + view).rows().stream()
                                    .map(row -> row.stream().map(words).toList().toString())
                                    .sorted()
                                    .collect(Collectors.joining("\n")))
                    .collect(Collectors.joining("\n"));
        }
    }
}
