package igpt.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.model.Weights;
import igpt.schema.UserException;
import org.junit.jupiter.api.Test;

class MemoryNeedsTest {
    private static final ModelConfig SMALL = new ModelConfig(1, 8, 2, 4, 4);

    @Test
    void aModelTooLargeForTheMachineIsRefusedWithTheNumbers() {
        MemoryNeeds needs =
                MemoryNeeds.ofTraining(new ModelConfig(60, 3072, 16, 4096, 512), 64, false, Precision.FLOAT32);
        assertThat(needs.weights()).isEqualTo(16 * Weights.count(new ModelConfig(60, 3072, 16, 4096, 512)));
        assertThatThrownBy(() -> needs.check(8L << 30))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("8.0 GiB are free")
                .hasMessageContaining("smaller model");
    }

    @Test
    void inTrainingAllOfThemShareABatchOrItIsRefused() {
        MemoryNeeds.check(SMALL, 4, false, Precision.FLOAT32, Device.cpus(2, 2));
        assertThatThrownBy(() -> MemoryNeeds.check(SMALL, 3, false, Precision.FLOAT32, Device.cpus(2, 2)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("3 images at a time cannot be shared")
                .hasMessageContaining("multiples of 2");
    }

    @Test
    void aMicroBatchIsTheLargestPartThatAllOfThemShare() {
        assertThat(MemoryNeeds.microBatch(SMALL, 12, false, Precision.FLOAT32, Device.cpus(3, 2)))
                .isEqualTo(12);
        assertThat(MemoryNeeds.microBatch(SMALL, 4, false, Precision.FLOAT32, Device.cpus(3, 2)))
                .isEqualTo(4); // and is refused then
    }
}
