package igpt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
