package igpt.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {

    @ParameterizedTest
    @CsvSource({"500, 375", "375, 500", "1000, 1", "32, 32", "96, 97", "5000, 3000"})
    void aRandomCropLiesInsideAndItsSideIsTheShareOfTheShorterThatThePaperCrops(int width, int height) {
        int shorter = Math.min(width, height);
        for (int variant = 1; variant < 500; variant++) {
            var square = Crop.random(3, 4, variant).window(width, height);
            double side = (double) square.side() / square.unit();
            assertThat(side).isBetween(224.0 / 384 * shorter, 224.0 / 256 * shorter);
            assertThat(square.left()).isNotNegative();
            assertThat(square.top()).isNotNegative();
            assertThat(square.left() + square.side()).isLessThanOrEqualTo((long) width * square.unit());
            assertThat(square.top() + square.side()).isLessThanOrEqualTo((long) height * square.unit());
            assertThat(square.endX()).isLessThanOrEqualTo(width);
            assertThat(square.endY()).isLessThanOrEqualTo(height);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 375", "300, 400"})
    void lengthsAndPlacesAreSpreadEvenly(int width, int height) {
        var crops = IntStream.rangeClosed(1, 20_000)
                .mapToObj(i -> Crop.random(0, i, 1).window(width, height))
                .toList();
        var lengths = new HashSet<Integer>();
        crops.forEach(square -> lengths.add(square.unit()));
        assertThat(lengths).hasSize(129).contains(256, 384);
        assertThat(crops.stream().mapToInt(Window::unit).average().orElseThrow())
                .isCloseTo(320, within(1.0));
        assertThat(crops.stream()
                        .mapToDouble(square -> (double) square.left() / (width * square.unit() - square.side()))
                        .average()
                        .orElseThrow())
                .isCloseTo(0.5, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 1, 1", "1, 0, 1", "0, 0, 2"})
    void seedImageAndVariantDecide(long seed, long image, int variant) {
        var square = Crop.random(seed, image, variant).window(800, 600);

        assertThat(Crop.random(seed, image, variant).window(800, 600)).isEqualTo(square);
        if (seed + image + variant > 1) {
            assertThat(Crop.random(0, 0, 1).window(800, 600)).isNotEqualTo(square);
        }
    }
}
