package igpt.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Called as XLA does. Needs what -Pgpu fetches, but no GPU. */
class PtxasTest {
    private static final Path LIBRARIES = Path.of("target/gpu/cuda/lib").toAbsolutePath();

    private record Answer(int code, String text) {}

    @TempDir
    private Path folder;

    @BeforeEach
    void provided() throws IOException {
        assumeThat(LIBRARIES.resolve("libnvJitLink.so.12"))
                .as("CUDA's libraries, which -Pgpu fetches")
                .exists();
        Files.createSymbolicLink(folder.resolve("lib"), LIBRARIES);
        Ptxas.provide(folder);
    }

    @Test
    void itTellsItsVersionInTheWordsThatXlaReads() throws Exception {
        assertThat(ptxas("--version").text()).matches("(?s).*release 12\\.6, V12\\.6\\.\\d+.*");
    }

    @Test
    void itAssemblesAKernel() throws Exception {
        Path in = folder.resolve("in");
        Path out = folder.resolve("out");
        Files.writeString(
                in,
                """
                .version 8.5
                .target sm_90a
                .address_size 64
                .visible .entry nothing()
                {
                    ret;
                }
                """);
        assertThat(ptxas(in.toString(), "-o", out.toString(), "-arch=sm_90a", "--warn-on-spills"))
                .isEqualTo(new Answer(0, ""));
        byte[] cubin = Files.readAllBytes(out);
        assertThat(cubin).startsWith(0x7f, 'E', 'L', 'F');
        assertThat(new String(cubin, StandardCharsets.ISO_8859_1)).contains(".text.nothing");
    }

    @Test
    void whatCannotBeAssembledIsSaid() throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "no assembler");
        Answer answer = ptxas(in.toString(), "-o", folder.resolve("out").toString(), "-arch=sm_90a");
        assertThat(answer.code()).isNotZero();
        assertThat(answer.text()).contains("bad input");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Answer ptxas(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(folder.resolve("bin/ptxas").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
