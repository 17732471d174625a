package igpt.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that answer as nvidia-smi does. */
class GpusTest {
    private static final String TWO =
            """
            0, GPU-7d0a, NVIDIA H200, 580.159.03, 143000 MiB
            1, GPU-7d1b, NVIDIA A100-SXM4-80GB, 580.159.03, 80000 MiB
            """;

    @TempDir
    private Path folder;

    @Test
    void whatTheDriverSaysIsRead() throws IOException {
        List<Gpu> gpus = Gpus.parse(Gpus.ask(smi("cat <<'E'\n" + TWO + "E"), 60));
        assertThat(gpus)
                .containsExactly(
                        new Gpu(0, "GPU-7d0a", "NVIDIA H200", "580.159.03", 143_000L << 20),
                        new Gpu(1, "GPU-7d1b", "NVIDIA A100-SXM4-80GB", "580.159.03", 80_000L << 20));
        assertThat(Gpus.choose(gpus, List.of(1)).get(0).name()).isEqualTo("NVIDIA A100-SXM4-80GB");
    }

    @Test
    void whatIsMissingIsSaidInOneLine() throws IOException {
        refused(() -> Gpus.ask(folder.resolve("none").toString(), 60), "there is no NVIDIA driver");
        String failing = smi("echo \"NVIDIA-SMI has failed because it couldn't communicate with the driver.\"\nexit 9");
        refused(() -> Gpus.ask(failing, 60), "does not answer: NVIDIA-SMI has failed");
        String silent = smi("exec sleep 60");
        refused(() -> Gpus.ask(silent, 1), "does not answer: nothing in 1 seconds");
        refused(() -> Gpus.choose(Gpus.parse("No devices were found"), List.of(0)), "sees no GPU");
        refused(
                () -> Gpus.choose(Gpus.parse(TWO), List.of(2)),
                "no gpu:2; there is gpu:0, NVIDIA H200; gpu:1, NVIDIA A100");
        refused(
                () -> Gpus.choose(Gpus.parse("0, GPU-1, Tesla T4, 535.104.05, 15000 MiB"), List.of(0)),
                "driver 535.104.05 is too old: 555 or newer");
    }

    @Test
    void onlyThoseThatCudaShowsAreCounted() {
        List<Gpu> all = Gpus.parse(TWO);
        assertThat(Gpus.visible(all, null)).isEqualTo(all);
        assertThat(Gpus.visible(all, "1,0")).containsExactly(all.get(1), all.get(0));
        assertThat(Gpus.visible(all, "GPU-7d1")).containsExactly(all.get(1));
        assertThat(Gpus.visible(all, "")).isEmpty();
        assertThat(Gpus.visible(all, "0,9,1")).containsExactly(all.get(0));
    }

    /** Placed on the CPU, everything would still run, many times slower. */
    @Test
    void aGpuThatTensorFlowDoesNotSeeIsNotReplacedByTheCpu() {
        Gpu gpu = new Gpu(0, "GPU-0", "a GPU that is not there", "580.0", 0);
        refused(
                () -> Devices.check(new Device(List.of(0), List.of(gpu), 1, 1, 1)),
                "cannot use a GPU that is not there");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(UserException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith("or give device=cpu");
    }

    private String smi(String script) throws IOException {
        Path program = Files.createTempFile(folder, "nvidia-smi", "");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }
}
