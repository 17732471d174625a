package igpt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeEnvironmentTest {
    private static final Path CUDA = Path.of("/a place/cuda");

    private interface CLibrary extends Library {
        String getenv(String name);
    }

    @Test
    void onACpuProductsAreOneDnns() {
        assertThat(NativeEnvironment.wanted(Map.of(), true, null))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("TF_CPP_MIN_LOG_LEVEL", "2", "XLA_FLAGS", "--xla_cpu_use_thunk_runtime=false"));
        assertThat(NativeEnvironment.wanted(Map.of(), false, null)).doesNotContainKey("XLA_FLAGS");
    }

    @Test
    void onAGpuKernelsAddUpInOneOrderUnlessTheUserWantsAnother() {
        assertThat(NativeEnvironment.wanted(Map.of(), true, CUDA))
                .containsEntry(
                        "XLA_FLAGS",
                        "--xla_cpu_use_thunk_runtime=false --xla_gpu_cuda_data_dir='/a place/cuda'"
                                + " --xla_gpu_deterministic_ops=true")
                .containsEntry("TF_DETERMINISTIC_OPS", "1")
                .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
                .containsEntry("TF_FORCE_GPU_ALLOW_GROWTH", "true");
        assertThat(NativeEnvironment.wanted(Map.of("TF_DETERMINISTIC_OPS", "0"), false, CUDA))
                .containsEntry("XLA_FLAGS", "--xla_gpu_cuda_data_dir='/a place/cuda'")
                .doesNotContainKey("TF_DETERMINISTIC_OPS");
    }

    @Test
    void whatTheUserHasSetStays() {
        assertThat(NativeEnvironment.wanted(Map.of("XLA_FLAGS", "--mine", "TF_CPP_MIN_LOG_LEVEL", "0"), true, null))
                .isEmpty();
        assertThat(NativeEnvironment.wanted(Map.of("XLA_FLAGS", ""), true, null))
                .containsKey("XLA_FLAGS");
    }

    /** iGPT-L's weights take more than four times a heap of 1 GB. */
    @Test
    void javasHeapDoesNotDecideHowMuchTensorFlowMayTake() {
        var before = System.getProperty(NativeEnvironment.MOST_MEMORY);
        try {
            System.clearProperty(NativeEnvironment.MOST_MEMORY);
            NativeEnvironment.prepareLibrary();
            assertThat(System.getProperty(NativeEnvironment.MOST_MEMORY)).isEqualTo("0");
            System.setProperty(NativeEnvironment.MOST_MEMORY, "5g");
            NativeEnvironment.prepareLibrary();
            assertThat(System.getProperty(NativeEnvironment.MOST_MEMORY)).isEqualTo("5g"); // the user's
        } finally {
            if (before == null) {
                System.clearProperty(NativeEnvironment.MOST_MEMORY);
            } else {
                System.setProperty(NativeEnvironment.MOST_MEMORY, before);
            }
        }
    }

    @Test
    void nativeCodeReadsWhatIsSetAndSoDoWe() {
        NativeEnvironment.set("IGPT_NATIVE_TEST", "seen");
        assertThat(Native.load("c", CLibrary.class).getenv("IGPT_NATIVE_TEST")).isEqualTo("seen");
        assertThat(NativeEnvironment.variables())
                .containsEntry("IGPT_NATIVE_TEST", "seen")
                .containsEntry("PATH", System.getenv("PATH"));
    }
}
