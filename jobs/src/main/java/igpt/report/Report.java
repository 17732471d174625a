package igpt.report;

import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.schema.artifact.Artifact;
import igpt.schema.run.PastRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables 1 to 4 and the data of Figures 2 to 4: ours first, then what is published. */
public record Report(List<OurModel> models, List<ReportRow> rows) {
    private static final List<String> TABLES =
            List.of("table 1", "table 2", "table 3", "table 4", "figure 2", "figure 3", "figure 4");

    private static final Map<String, String> TITLES = Map.of(
            "table 1", "table 1: linear probes, test accuracy",
            "table 2", "table 2: linear probes on ImageNet, test accuracy",
            "table 3", "table 3: fine-tuning, test accuracy",
            "table 4", "table 4: few labels, test error",
            "figure 2", "figure 2: accuracy by layer",
            "figure 3", "figure 3: validation loss and the best probe, by milestone",
            "figure 4", "figure 4: AR and BERT, probe and fine-tuning");

    /** @param artifacts of a run and its children, each once */
    public static Report of(JdbcClient jdbc, List<Recipe> recipes, List<Artifact> artifacts) {
        var measured = Measurements.of(jdbc, recipes, artifacts);
        var images = measured.stream()
                .map(Measurement::imagesOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var published = Published.all();
        var rows = new ArrayList<ReportRow>();
        for (var table : TABLES) {
            measured.stream().filter(ours -> ours.table().equals(table)).forEach(ours -> rows.add(ours(ours)));
            published.stream()
                    .filter(one -> one.table().equals(table))
                    .forEach(one -> rows.add(published(one, images)));
        }
        return new Report(OurModel.of(jdbc, artifacts), List.copyOf(rows));
    }

    /** The run to report if none is named: the newest complete {@code reproduce}. */
    public static Optional<Long> newestRun(JdbcClient jdbc) {
        return new PastRuns(jdbc).latest("reproduce").stream().findFirst();
    }

    public List<String> tables() {
        return TABLES;
    }

    /** What a table shows, in a line. */
    public static String title(String table) {
        return TITLES.getOrDefault(table, table);
    }

    public Stream<ReportRow> of(String table) {
        return rows.stream().filter(row -> row.table().equals(table));
    }

    /** The standard deviation of a number of it, which is a row of its own. */
    public Optional<Double> deviationOf(ReportRow number) {
        return of(number.table())
                .filter(row -> row.isDeviation()
                        && !number.isDeviation()
                        && row.row().equals(number.row())
                        && row.isOurs() == number.isOurs())
                .findFirst()
                .map(row -> row.isOurs() ? row.ours() : row.published());
    }

    /** Whether a table has a number of ours. */
    public boolean has(String table) {
        return of(table).anyMatch(ReportRow::isOurs);
    }

    private static ReportRow published(Published one, Set<String> images) {
        boolean comparable = one.isOfThePaper() && images.contains(one.images());
        return new ReportRow(one.table(), one.row(), one.metric(), null, one.percent(), null, null, comparable);
    }

    private static ReportRow ours(Measurement ours) {
        return new ReportRow(
                ours.table(), ours.row(), ours.metric(), ours.value(), null, ours.run(), ours.images(), false);
    }
}
