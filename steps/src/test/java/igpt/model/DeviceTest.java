package igpt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final ModelConfig SMALL = new ModelConfig(1, 8, 2, 4, 4);

    @Test
    void asManyShareABatchAsDivideItEvenly() {
        assertThat(Device.cpus(3, 2).sharing(6).replicas()).isEqualTo(3);
        assertThat(Device.cpus(3, 2).sharing(4).replicas()).isEqualTo(2);
        assertThat(Device.cpus(2, 2).sharing(3).replicas()).isEqualTo(1);
    }

    @Test
    void inTrainingAllOfThemShareABatchOrItIsRefused() {
        MemoryNeeds.check(SMALL, 4, false, Device.cpus(2, 2));
        assertThatThrownBy(() -> MemoryNeeds.check(SMALL, 3, false, Device.cpus(2, 2)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("3 images at a time cannot be shared")
                .hasMessageContaining("multiples of 2");
    }

    @Test
    void aMicroBatchIsTheLargestPartThatAllOfThemShare() {
        assertThat(MemoryNeeds.microBatch(SMALL, 12, false, Device.cpus(3, 2))).isEqualTo(12);
        assertThat(MemoryNeeds.microBatch(SMALL, 4, false, Device.cpus(3, 2))).isEqualTo(4); // and is refused then
    }
}
