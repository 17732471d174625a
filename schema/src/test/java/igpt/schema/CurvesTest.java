package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Provenance;
import igpt.schema.curve.Curve;
import igpt.schema.curve.Curve.Point;
import igpt.schema.curve.Curves;
import igpt.schema.curve.Thinning;
import igpt.schema.run.RunChildren;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class CurvesTest {
    private final TestDatabase place;

    CurvesTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
    }

    private long model(long run, String name) {
        var provenance = new Provenance("p", "c", 42, "17", "2", "cpu", "");
        return new Artifacts(place.jdbc())
                .begin(
                        Kinds.MODEL,
                        name,
                        name,
                        place.attempt(run, "pretrain"),
                        run + "-pretrain/model",
                        provenance,
                        List.of())
                .id();
    }

    private void record(long model, String series, long from, long to) {
        new Metrics(place.jdbc())
                .addAll(LongStream.rangeClosed(from, to)
                        .mapToObj(iteration -> new Metric(model, iteration, series, 1.0 / iteration))
                        .toList());
    }

    @Test
    void aResumedRunHasOneLineAndThoseOfItsPartsAreAmongIts() {
        var model = model(1, "a");
        record(model, "train_nats", 1, 20);
        record(model, "learning_rate", 1, 20);
        new Metrics(place.jdbc()).deleteAfter(model, 10); // the checkpoint that it resumed from
        record(model, "train_nats", 11, 30);
        var part = model(2, "b");
        record(part, "train_nats", 1, 3);
        new RunChildren(place.jdbc()).add(1, 2, "learning_rate 0.003");

        var curves = new Curves(place.jdbc()).of(1, -1);
        assertThat(curves).extracting(Curve::series).containsExactly("learning_rate", "train_nats", "train_nats");
        assertThat(curves).extracting(Curve::run).containsExactly(1L, 1L, 2L);
        assertThat(curves).extracting(Curve::recorded).containsExactly(10L, 30L, 3L);
        assertThat(curves.get(1).points())
                .isEqualTo(LongStream.rangeClosed(1, 30)
                        .mapToObj(iteration -> new Point(iteration, 1.0 / iteration))
                        .toList());
        assertThat(new Curves(place.jdbc()).of(1, 28).get(1).points()).hasSize(2);
    }

    @Test
    void aLongOneIsThinnedAndKeepsItsPeaks() {
        var thinning = new Thinning();
        IntStream.range(0, 100_000)
                .mapToObj(i -> new Point(i, i == 33_333 ? 99 : i == 77_777 ? -99 : Math.sin(i / 1000.0)))
                .forEach(thinning::add);
        assertThat(thinning.recorded()).isEqualTo(100_000);
        var points = thinning.points();
        assertThat(points).hasSizeBetween(1200, 3200).contains(new Point(33_333, 99), new Point(77_777, -99));
        assertThat(points.get(0).iteration()).isZero();
        assertThat(points.get(points.size() - 1).iteration()).isEqualTo(99_999);
        assertThat(points).isSortedAccordingTo((one, other) -> Long.compare(one.iteration(), other.iteration()));
    }
}
