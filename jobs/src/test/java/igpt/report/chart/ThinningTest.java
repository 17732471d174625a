package igpt.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinningTest {
    @Test
    void aLongCurveKeepsItsEndsAndItsPeaks() {
        var random = new Random(0);
        var points = new ArrayList<Point>();
        for (int i = 0; i < 100_000; i++) {
            points.add(Point.of(i, i == 43_210 ? 9 : i == 77_777 ? -9 : random.nextDouble()));
        }
        var thinned = Thinning.of(points);
        assertThat(thinned)
                .hasSizeLessThan(2_000)
                .isSubsetOf(points)
                .isSortedAccordingTo(Comparator.comparingDouble(Point::x))
                .doesNotHaveDuplicates()
                .contains(points.get(0), points.get(43_210), points.get(77_777), points.get(99_999));
        assertThat(Thinning.of(points.subList(0, 1_000))).isEqualTo(points.subList(0, 1_000));
    }
}
