package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests rely on. */
class WorkplaceTest {
    @Test
    void aDatabaseIsInUseUntilItIsClosed(@TempDir Path home) throws Exception {
        var place = new Workplace(home);
        assertThat(place.isInUse()).isFalse();
        var url = "jdbc:h2:file:" + home.resolve("runs/igpt");
        try (var open = DriverManager.getConnection(url)) {
            assertThat(open.isValid(1)).isTrue();
            assertThat(place.isInUse()).isTrue();
        }
        assertThat(place.isInUse()).isFalse();
    }
}
