package igpt.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbedLayersTest {
    @Test
    void theBestLayerStandsInTheMiddle() {
        assertThat(ProbedLayers.around(4, 5, 8).layers()).containsExactly(2, 3, 4, 5, 6);
        assertThat(ProbedLayers.around(2, 3, 8).layers()).containsExactly(1, 2, 3);
        assertThat(ProbedLayers.around(7, 1, 8).layers()).containsExactly(7);
    }

    @Test
    void atTheEndsThereAreStillAsManyWhereThereCanBe() {
        assertThat(ProbedLayers.around(0, 5, 8).layers()).containsExactly(0, 1, 2, 3, 4);
        assertThat(ProbedLayers.around(7, 5, 8).layers()).containsExactly(4, 5, 6, 7, 8);
        assertThat(ProbedLayers.around(8, 5, 8).layers()).containsExactly(4, 5, 6, 7, 8);
        assertThat(ProbedLayers.around(1, 5, 2).layers()).containsExactly(0, 1, 2);
        assertThat(ProbedLayers.around(8, 5, 8).layer()).isEqualTo(8);
        assertThat(ProbedLayers.around(8, 5, 8).words()).isEqualTo("layers 4 to 8 side by side");
    }
}
