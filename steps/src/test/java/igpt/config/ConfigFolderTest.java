package igpt.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
    private final ConfigFolder shipped = new ConfigFolder(Path.of("../config"));

    private Path root;

    @BeforeEach
    void folders(@TempDir Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("models"));
        Files.createDirectories(root.resolve("presets"));
    }

    @Test
    void thePapersModelsAreThere() {
        assertThat(shipped.model("s")).isEqualTo(new ModelSize(24, 512, 8));
        assertThat(shipped.model("m")).isEqualTo(new ModelSize(36, 1024, 8));
        assertThat(shipped.model("l")).isEqualTo(new ModelSize(48, 1536, 16));
        assertThat(shipped.model("xl")).isEqualTo(new ModelSize(60, 3072, 16));
    }

    @Test
    void everyShippedFileIsGood() {
        assertThat(shipped.models()).contains("nano").allSatisfy(shipped::model);
        assertThat(shipped.presets()).isNotEmpty().allSatisfy(shipped::preset);
    }

    @Test
    void anUnknownModelIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> shipped.model("nanno")).hasMessage("unknown model 'nanno': did you mean 'nano'?");
    }

    @Test
    void anUnknownKeyIsAnsweredWithTheNearest() throws IOException {
        write("models/big.yml", "layer: 2\nwidth: 8\nheads: 2\n");
        assertThatThrownBy(() -> new ConfigFolder(root).model("big"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("unknown key 'layer': did you mean 'layers'?");
    }

    @Test
    void wrongSizesNameTheFile() throws IOException {
        write("models/odd.yml", "layers: 2\nwidth: 9\nheads: 2\n");
        write("models/few.yml", "layers: 2\nwidth: 8\n");
        assertThatThrownBy(() -> new ConfigFolder(root).model("odd"))
                .hasMessageMatching(".*odd.yml: width 9 .* 2 heads");
        assertThatThrownBy(() -> new ConfigFolder(root).model("few")).hasMessageMatching(".*few.yml: heads is missing");
    }

    @Test
    void aPresetKeepsItsValuesAsTyped() throws IOException {
        write("presets/p.yml", "job: pretrain\nparameters:\n  learning_rate: 1e-3\n  model: 010\n  palette:\n");
        var preset = new ConfigFolder(root).preset("p");
        assertThat(preset.job()).isEqualTo("pretrain");
        assertThat(preset.parameters())
                .containsEntry("learning_rate", "1e-3")
                .containsEntry("model", "010")
                .containsEntry("palette", "");
    }

    @Test
    void brokenYamlIsOneLineWithItsPlace() throws IOException {
        write("presets/p.yml", "job: a\njob: b\n");
        write("presets/q.yml", "job: [a\n");
        assertThatThrownBy(() -> new ConfigFolder(root).preset("p")).hasMessageContaining("duplicate key job");
        assertThatThrownBy(() -> new ConfigFolder(root).preset("q"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("q.yml, line");
    }

    /** None of them may take long, or much room. */
    @Test
    void hostileYamlIsOneLine() throws IOException {
        var bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c <= 'z'; c++) bomb.append("%s: &%1$s [*%s, *%2$s]\n".formatted(c, (char) (c - 1)));
        var hostile = Map.of(
                "an alias bomb", bomb.toString(),
                "one in few aliases", "job: &a [&b [&c [x, x], *c, *c], *b, *b]\nparameters: [*a, *a]\n",
                "a list in itself", "job: &a [*a]\n",
                "deep nesting", "job: " + "[".repeat(100_000),
                "deep maps",
                        "a:\n"
                                + IntStream.range(1, 300)
                                        .mapToObj(" "::repeat)
                                        .map(i -> i + "a:\n")
                                        .collect(joining()),
                "a control character", "job: a\u0007b\n",
                "a tag", "job: !!java.net.URL [\"http://127.0.0.1\"]\n",
                "a number that is none", "job: !!int x\nparameters: !!float y\n",
                "much text", "job: " + "x".repeat(2_000_000),
                "a list", "- a\n- b\n");
        for (var yaml : hostile.entrySet()) {
            write("presets/p.yml", yaml.getValue());
            write("application.yml", yaml.getValue());
            refused(yaml.getKey(), () -> new ConfigFolder(root).preset("p"));
            refused(yaml.getKey(), () -> new ConfigFolder(root).application(List.of("database.url")));
        }
        Files.write(root.resolve("presets/p.yml"), "job: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new ConfigFolder(root).preset("p")).hasMessageContaining("not in UTF-8");
        Files.createDirectory(root.resolve("presets/folder.yml"));
        assertThatThrownBy(() -> new ConfigFolder(root).preset("folder")).hasMessageContaining("it is no file");
    }

    private static void refused(String what, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .as(what)
                .isInstanceOf(UsageException.class)
                .hasMessageNotContaining("\n")
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void applicationSettingsAreOptionalAndChecked() throws IOException {
        var known = List.of("database.url", "database.user");
        assertThat(new ConfigFolder(root).application(known)).isEmpty();
        write("application.yml", "database:\n  url: jdbc:h2:x\n");
        assertThat(new ConfigFolder(root).application(known)).containsEntry("database.url", "jdbc:h2:x");
        write("application.yml", "database:\n  uri: jdbc:h2:x\n");
        assertThatThrownBy(() -> new ConfigFolder(root).application(known))
                .hasMessageContaining("did you mean 'database.url'");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
    }
}
