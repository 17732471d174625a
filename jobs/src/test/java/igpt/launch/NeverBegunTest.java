package igpt.launch;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.recipe.RunInputs;
import igpt.schema.db.Database;
import igpt.testjobs.TestIgpt;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process was killed when it had a number and no attempt yet. */
class NeverBegunTest {

    @Test
    void itIsListedShownAndResumedByDefault(@TempDir Path home) {
        var failed = TestIgpt.ask(home, "run", "count", "to=3", "fail_at=1");
        assertThat(failed.code()).isEqualTo(1);
        killedBeforeItsFirstAttempt(home, "4");

        assertThat(TestIgpt.ask(home, "runs").out()).containsPattern("(?s)2 +count +KILLED.*1 +count +FAILED");
        assertThat(TestIgpt.ask(home, "runs", "--status", "killed", "--format", "csv")
                        .out())
                .contains("2,0,count,KILLED");
        var shown = TestIgpt.ask(home, "show", "2", "--format", "json");
        assertThat(shown.out()).contains("\"parameter\": \"to\", \"value\": \"4\"");

        var resumed = TestIgpt.ask(home, "resume");
        assertThat(resumed.out()).contains("run 2 count completed");
        assertThat(home.resolve("runs/2-count/total.txt")).hasContent("10");
        assertThat(TestIgpt.ask(home, "resume").out())
                .as("the next is the one that failed")
                .contains("run 1 count completed");
    }

    @Test
    void oneThatWasRefusedIsNotResumed(@TempDir Path home) {
        TestIgpt.ask(home, "run", "count", "to=3", "fail_at=1");
        killedBeforeItsFirstAttempt(home, "4");
        try (var database = Database.forJob(project(home).database())) {
            var store = new RunStore(database);
            store.refused(store.run(2).orElseThrow());
        }
        assertThat(TestIgpt.ask(home, "runs").out()).doesNotContain("KILLED");
        assertThat(TestIgpt.ask(home, "resume").out()).contains("run 1 count completed");
        assertThat(TestIgpt.ask(home, "resume", "2").err()).contains("run 2 was refused: ./igpt run count");
    }

    private static Project project(Path home) {
        return new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")), Map.of());
    }

    private static void killedBeforeItsFirstAttempt(Path home, String to) {
        var job = TestIgpt.CATALOGUE.named("count");
        var parameters = job.parameters().resolve(Map.of(), Map.of("to", to));
        var wanted = new StoredParameters(parameters, RunInputs.NONE, 0);
        try (var database = Database.forJob(project(home).database())) {
            new RunStore(database).findOrCreate(job.name(), wanted.toSpring());
        }
    }
}
