package igpt.report.figure;

import igpt.report.chart.Figure;
import igpt.schema.artifact.Artifact;
import igpt.schema.run.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All figures of a report, as far as its runs give them.
 *
 * @param training one of each training
 */
public record Figures(
        List<Figure> layers,
        Optional<Figure> milestones,
        Optional<Figure> objectives,
        Optional<Figure> fewLabels,
        Optional<Figure> rates,
        List<Figure> training,
        Optional<Figure> lineage) {

    /** @param artifacts of the runs, complete or not */
    public static Figures of(JdbcClient jdbc, Results results, List<Artifact> artifacts, Set<Long> runs) {
        return of(jdbc, results, artifacts, runs, CurveSource.of(jdbc));
    }

    /** @param artifacts of the runs, complete or not */
    public static Figures of(
            JdbcClient jdbc, Results results, List<Artifact> artifacts, Set<Long> runs, CurveSource curves) {
        return new Figures(
                LayerFigure.of(results),
                MilestoneFigure.of(results),
                ObjectiveFigure.of(results),
                FewLabelsFigure.of(results),
                SweepFigure.of(results),
                training(artifacts, curves),
                LineageFigure.of(Lineage.of(jdbc, artifacts), runs));
    }

    /** One of each training, from left to right over its iterations. */
    public static List<Figure> training(List<Artifact> artifacts, CurveSource curves) {
        return artifacts.stream()
                .flatMap(artifact -> TrainingFigure.of(curves, artifact).stream())
                .toList();
    }

    public List<Figure> all() {
        var all = new ArrayList<>(layers);
        Stream.of(milestones, objectives, fewLabels, rates).forEach(figure -> figure.ifPresent(all::add));
        all.addAll(training);
        lineage.ifPresent(all::add);
        return all;
    }
}
