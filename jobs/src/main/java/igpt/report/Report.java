package igpt.report;

import igpt.recipe.Measurement;
import igpt.recipe.Recipe;
import igpt.schema.artifact.Artifact;
import igpt.schema.run.PastRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables 1 to 4 and the data of Figures 2 to 4: what is published, and ours below the number it compares with. */
public record Report(List<OurModel> models, List<ReportRow> rows) {
    private static final List<String> TABLES =
            List.of("table 1", "table 2", "table 3", "table 4", "figure 2", "figure 3", "figure 4");

    /** @param artifacts of a run and its children, each once */
    public static Report of(JdbcClient jdbc, List<Recipe> recipes, List<Artifact> artifacts) {
        var measured = Measurements.of(jdbc, recipes, artifacts);
        var published = Published.all();
        var rows = new ArrayList<ReportRow>();
        for (var table : TABLES) {
            for (var one : published) {
                if (!one.table().equals(table)) {
                    continue;
                }
                var ours = measured.stream().filter(one::matches).toList();
                rows.add(published(one, ours.isEmpty()));
                ours.forEach(number -> rows.add(ours(number)));
            }
            measured.stream()
                    .filter(ours -> ours.table().equals(table))
                    .filter(ours -> published.stream().noneMatch(one -> one.matches(ours)))
                    .forEach(ours -> rows.add(ours(ours)));
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

    public Stream<ReportRow> of(String table) {
        return rows.stream().filter(row -> row.table().equals(table));
    }

    private static ReportRow published(Published published, boolean notRun) {
        boolean missing = notRun && !published.ours().isEmpty();
        return new ReportRow(
                published.table(), published.row(), published.metric(), null, published.percent(), null, missing);
    }

    private static ReportRow ours(Measurement ours) {
        return new ReportRow(ours.table(), ours.row(), ours.metric(), ours.value(), null, ours.run(), false);
    }
}
