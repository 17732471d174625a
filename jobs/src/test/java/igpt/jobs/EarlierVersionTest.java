package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a version of the program has left whose parameters were others. */
class EarlierVersionTest {
    private static final String TINY =
            "run reproduce images=60 resolution=4 colours=4 model=tiny batch=8 iterations=2 feature_batch=8 pixels=false";

    @Test
    void aParameterThatIsNoMoreIsPassedOverInReadingAndNamedWhenTheRunIsToGoOn(@TempDir Path home) throws IOException {
        aRunOfThen(home, "parameter_name = 'labels_then' where parameter_name = 'classes'");
        itIsReported(home);
        assertThat(TestIgpt.askIgpt(home, "show", "1").out()).containsPattern("labels_then +fine");
        var resumed = TestIgpt.askIgpt(home, "resume", "1");
        assertThat(resumed.err())
                .isEqualTo(
                        "igpt: run 1 was started by another version of the program (there is no parameter labels_then any more):"
                                + " start it again, ./igpt run reproduce\n");
        assertThat(resumed.code()).isEqualTo(2);
    }

    @Test
    void soIsAValueThatIsNotAllowedAnyMore(@TempDir Path home) throws IOException {
        aRunOfThen(home, "parameter_value = 'newton' where parameter_name = 'solver'");
        itIsReported(home);
        assertThat(TestIgpt.askIgpt(home, "resume", "1").err())
                .contains("another version of the program (parameter 'solver' cannot be 'newton'")
                .hasLineCount(1);
    }

    private static void aRunOfThen(Path home, String difference) throws IOException {
        TestIgpt.writeTinyModel(home);
        assertThat(TestIgpt.askIgpt(home, TINY.split(" ")).code()).isZero();
        try (var database = Database.forJob(DatabaseSettings.embedded(home.resolve("runs")))) {
            database.jdbc()
                    .sql("update batch_job_execution_params set " + difference)
                    .update();
        }
    }

    private static void itIsReported(Path home) {
        assertThat(TestIgpt.askIgpt(home, "report", "1").out())
                .contains("ours: tiny ar, ")
                .containsPattern("shapes tiny probe AR +accuracy +[0-9.]+");
    }
}
