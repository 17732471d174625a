package igpt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.config.DeviceName.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {
    @Test
    void gpusAreNamedByTheirNumbers() {
        assertThat(DeviceName.parse("gpu")).isEqualTo(new DeviceName(Kind.GPU, List.of(0)));
        assertThat(DeviceName.parse("gpu:3").gpus()).containsExactly(3);
        assertThat(DeviceName.parse("gpu:2,0,1").gpus()).containsExactly(2, 0, 1);
        assertThat(DeviceName.parse("cpu").find(2).name()).isEqualTo("cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "gpu:0,0", "gpu:0,", "cuda:0", "tpu"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> DeviceName.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'device' cannot be '" + text + "'");
    }
}
