package igpt.schema.curve;

import java.util.List;

/**
 * A series that a run recorded, as many points of it as can be told apart.
 *
 * @param run that made the artifact: the one asked for, or one that it launched
 * @param series what was recorded: train_nats, learning_rate
 * @param recorded points there are
 * @param points by iteration, the highest and lowest of each stretch among them
 */
public record Curve(
        long run, long artifact, String kind, String name, String series, long recorded, List<Point> points) {

    public record Point(long iteration, double value) {}

    public static Curve of(Curves.Series series, Thinning thinning) {
        return new Curve(
                series.run(),
                series.artifact(),
                series.kind(),
                series.artifactName(),
                series.name(),
                thinning.recorded(),
                thinning.points());
    }
}
