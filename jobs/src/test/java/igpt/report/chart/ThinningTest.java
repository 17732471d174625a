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
        for (int i = 0; i < 12_000; i++) {
            points.add(Point.of(i, i == 4_321 ? 9 : i == 7_777 ? -9 : random.nextDouble()));
        }
        var thinned = Thinning.of(points);
        assertThat(thinned)
                .hasSizeLessThan(2_000)
                .isSubsetOf(points)
                .isSortedAccordingTo(Comparator.comparingDouble(Point::x))
                .doesNotHaveDuplicates()
                .contains(points.get(0), points.get(4_321), points.get(7_777), points.get(11_999));
        assertThat(Thinning.of(points.subList(0, 1_000))).isEqualTo(points.subList(0, 1_000));
    }
}
