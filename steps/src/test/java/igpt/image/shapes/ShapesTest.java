package igpt.image.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.image.ImageSource;
import igpt.image.Labels;
import igpt.image.SourceOptions;
import igpt.image.decode.AreaAverage;
import igpt.image.decode.Decoding;
import igpt.image.format.Formats;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static ImageSource open(long seed, int train, int test) {
        return Formats.open("shapes", new SourceOptions(seed, train, test, Labels.FINE, -1, Decoding.DEFAULT));
    }

    private static byte[] draw(ImageSource source, int id, int resolution) throws Exception {
        var rgb = new byte[3 * resolution * resolution];
        source.read(source.images().get(id), rgb, resolution);
        return rgb;
    }

    @Test
    void classesAreBalancedInBothSplits() throws Exception {
        try (var source = open(0, 400, 100)) {
            assertThat(source.name()).isEqualTo("shapes");
            assertThat(source.classes()).hasSize(10).doesNotHaveDuplicates();
            var counts = source.images().stream()
                    .collect(Collectors.groupingBy(i -> i.split() + " " + i.label(), Collectors.counting()));
            assertThat(counts).hasSize(20);
            assertThat(counts.get("TRAIN 3")).isEqualTo(40);
            assertThat(counts.get("TEST 3")).isEqualTo(10);
        }
    }

    @Test
    void anImageDependsOnSeedAndIdAlone() throws Exception {
        assertThat(draw(open(5, 10, 10), 3, 16)).isEqualTo(draw(open(5, 4000, 0), 3, 16));
        assertThat(draw(open(5, 10, 10), 3, 16)).isNotEqualTo(draw(open(6, 10, 10), 3, 16));
        var different = new HashSet<String>();
        for (int id = 0; id < 100; id++) {
            different.add(Arrays.toString(draw(open(5, 100, 0), id, 16)));
        }
        assertThat(different).hasSizeGreaterThan(98);
    }

    /** The same figure at any size: drawn at 64 and averaged, it is nearly what is drawn at 16. */
    @Test
    void theFigureIsTheSameAtEverySize() throws Exception {
        for (int id = 0; id < 20; id++) {
            var averaged = new byte[3 * 16 * 16];
            new AreaAverage(16).centreSquare(draw(open(1, 20, 0), id, 64), 64, 64, averaged);
            var drawn = draw(open(1, 20, 0), id, 16);
            long difference = 0;
            for (int i = 0; i < drawn.length; i++) {
                difference += Math.abs((drawn[i] & 0xff) - (averaged[i] & 0xff));
            }
            assertThat((double) difference / drawn.length).isLessThan(6);
        }
    }

    @Test
    void theFingerprintIsOfSeedAndCount() {
        assertThat(open(1, 10, 5).fingerprint())
                .isEqualTo(open(1, 10, 5).fingerprint())
                .isNotEqualTo(open(2, 10, 5).fingerprint())
                .isNotEqualTo(open(1, 11, 5).fingerprint());
    }
}
