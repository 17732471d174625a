package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void oneIsNotSeveral() {
        assertThat(Counts.of(0, "image")).isEqualTo("0 images");
        assertThat(Counts.of(1, "test image")).isEqualTo("1 test image");
        assertThat(Counts.of(1000, "test image")).isEqualTo("1,000 test images");
        assertThat(Counts.of(1, "class")).isEqualTo("1 class");
        assertThat(Counts.of(2, "class")).isEqualTo("2 classes");
        assertThat(Counts.of(2, "epoch")).isEqualTo("2 epochs");
    }
}
