package igpt.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void asManyShareABatchAsDivideItEvenly() {
        assertThat(Device.cpus(3, 2).sharing(6).replicas()).isEqualTo(3);
        assertThat(Device.cpus(3, 2).sharing(4).replicas()).isEqualTo(2);
        assertThat(Device.cpus(2, 2).sharing(3).replicas()).isEqualTo(1);
    }

    @Test
    void longSequencesAreComputedOneByOne() {
        assertThat(Device.cpu(2).towers(4, 1024)).isEqualTo(4);
        assertThat(Device.cpu(2).towers(8, 1024)).isEqualTo(8);
        assertThat(Device.cpu(2).towers(16, 1024)).isEqualTo(8); // at most four a thread
    }

    @Test
    void shortSequencesAreComputedManyAtATime() {
        assertThat(Device.cpu(2).towers(32, 64)).isEqualTo(2);
        assertThat(Device.cpu(2).towers(4, 24)).isEqualTo(2);
    }

    @Test
    void aBatchThatThreadsDoNotDivideIsDealtInMoreParts() {
        assertThat(Device.cpu(6).towers(128, 1024)).isEqualTo(16);
        assertThat(Device.cpu(2).towers(33, 64)).isEqualTo(3);
        assertThat(Device.cpu(2).towers(3, 1024)).isEqualTo(3);
    }

    @Test
    void whatCannotBeSharedAllThreadsComputeTogether() {
        assertThat(Device.cpu(2).sharingOperations(2).towers(1, 1024)).isEqualTo(1);
        assertThat(Device.cpu(4).sharingOperations(4).towers(2, 1024)).isEqualTo(1);
        assertThat(Device.cpu(4).towers(2, 1024)).isEqualTo(2); // each by one thread, where none share operations
    }
}
