package igpt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThisProcessTest {
    @Test
    void whatChangesTheBitsIsRecordedByName() {
        assertThat(ThisProcess.flags(Map.of(
                        "XLA_FLAGS", "--xla_cpu_use_thunk_runtime=false  --xla_backend_optimization_level=1",
                        "TF_ENABLE_ONEDNN_OPTS", "0",
                        "ONEDNN_MAX_CPU_ISA", "AVX2",
                        "NVIDIA_TF32_OVERRIDE", "0")))
                .isEqualTo("NVIDIA_TF32_OVERRIDE=0; ONEDNN_MAX_CPU_ISA=AVX2; TF_ENABLE_ONEDNN_OPTS=0;"
                        + " XLA_FLAGS=--xla_cpu_use_thunk_runtime=false --xla_backend_optimization_level=1");
    }

    @Test
    void whatIsSaidAndWhereFilesLieIsNot() {
        assertThat(ThisProcess.flags(Map.of(
                        "TF_CPP_MIN_LOG_LEVEL", "2",
                        "TF_FORCE_GPU_ALLOW_GROWTH", "true",
                        "TF_CLI_CONFIG_FILE", "terraform's",
                        "TF_XLA_FLAGS",
                                "--tf_xla_persistent_cache_directory='/a b/xla' --tf_xla_persistent_cache_device_types=CPU",
                        "XLA_FLAGS", "--xla_gpu_cuda_data_dir='/here/cuda' --xla_gpu_deterministic_ops=true",
                        "PATH", "/bin")))
                .isEqualTo("XLA_FLAGS=--xla_gpu_deterministic_ops=true");
    }

    @Test
    void theProcessorHasAName() {
        var settings = ThisProcess.settings("2.18");
        assertThat(settings.processor()).isNotBlank().hasSizeLessThan(400);
        assertThat(settings).isEqualTo(ThisProcess.settings("2.18"));
    }
}
