package igpt.page.view;

import igpt.report.chart.Point;
import igpt.report.figure.CurveSource;
import igpt.schema.artifact.Artifact;
import igpt.schema.curve.Curve;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Curves that were read before, thinned; others are read whole. */
final class KnownCurves implements CurveSource {
    private record Key(long artifact, String series) {}

    private final Map<Key, List<Point>> known = new HashMap<>();
    private final CurveSource otherwise;

    KnownCurves(List<Curve> curves, CurveSource otherwise) {
        this.otherwise = otherwise;
        for (var curve : curves) {
            var points = curve.points().stream()
                    .map(point -> Point.of(point.iteration(), point.value()))
                    .toList();
            known.put(new Key(curve.artifact(), curve.series()), points);
        }
    }

    @Override
    public List<Point> points(Artifact artifact, String metric) {
        var points = known.get(new Key(artifact.id(), metric));
        return points == null ? otherwise.points(artifact, metric) : points;
    }
}
