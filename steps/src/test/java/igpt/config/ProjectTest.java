package igpt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @AfterEach
    void forget() {
        System.clearProperty("igpt.home");
        System.clearProperty("igpt.runs");
    }

    @Test
    void theRunsFolderIsTakenFromWhereTheUserStands() {
        System.setProperty("igpt.home", "/opt/igpt");
        System.setProperty("igpt.runs", "elsewhere");
        assertThat(Project.ofThisProcess().runs()).isEqualTo(HERE.resolve("elsewhere"));
        System.setProperty("igpt.runs", "/else/where");
        assertThat(Project.ofThisProcess().runs()).isEqualTo(Path.of("/else/where"));
    }

    @Test
    void elseRunsLieInTheHome() {
        System.setProperty("igpt.home", "/opt/igpt");
        System.setProperty("igpt.runs", " "); // whatever IGPT_RUNS says
        assertThat(Project.ofThisProcess().runs()).isEqualTo(Path.of("/opt/igpt/runs"));
    }

    @Test
    void aHomeThatIsNoneIsRefused(@TempDir Path folder) throws IOException {
        var nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> project(nowhere).checked())
                .isInstanceOf(UsageException.class)
                .hasMessage("IGPT_HOME is " + nowhere
                        + ", which is not there: give the folder of the program, or leave it out");
        assertThatThrownBy(() -> project(folder).checked()).hasMessageContaining("which has no folder config");
        Files.createDirectory(folder.resolve("config"));
        assertThat(project(folder).checked().home()).isEqualTo(folder);
    }

    private static Project project(Path home) {
        return new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")));
    }
}
