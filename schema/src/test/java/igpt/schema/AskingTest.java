package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.db.Asking;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.db.H2;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded file, read where it lies. */
class AskingTest {
    private final DatabaseSettings settings;
    private final Path file;

    AskingTest(@TempDir Path folder) {
        settings = DatabaseSettings.embedded(folder);
        file = H2.file(folder);
        runs(1);
    }

    private void runs(long newest) {
        try (var job = Database.forJob(settings)) {
            TestDatabase.attempt(job.jdbc(), newest, "count");
        }
    }

    private static int count(Database database) {
        return new RunHistory(database).runs(RunFilter.ALL).size();
    }

    @Test
    void anAnswerCountsOnlyIfNobodyHasWrittenMeanwhile() {
        var asked = new AtomicInteger();
        try (var asking = new Asking(settings)) {
            int known = asking.ask(database -> {
                int now = count(database);
                if (asked.incrementAndGet() == 1) {
                    runs(2); // as a process does that runs a job
                }
                return now;
            });
            assertThat(known).isEqualTo(2);
            assertThat(asked).hasValue(2);
            runs(3);
            assertThat(asking.<Integer>ask(AskingTest::count)).isEqualTo(3);
        }
    }

    @Test
    void whoNeverComesToRestIsCopiedAtLast() {
        var asked = new AtomicInteger();
        int known = Asking.once(settings, database -> {
            int now = count(database);
            if (asked.incrementAndGet() <= 5) {
                runs(1 + asked.get());
            }
            return now;
        });
        assertThat(known).isEqualTo(6);
    }

    /** The system takes a process's locks on a file away as soon as it closes that file, however often it has it open. */
    @Test
    void readingTakesNoLockFromTheJobsOfThisProcess() throws Exception {
        var asking = new Asking(settings);
        assertThat(asking.<Integer>ask(AskingTest::count)).isOne();
        try (var job = Database.forJob(settings)) {
            assertThat(asking.<Integer>ask(AskingTest::count)).isOne();
            asking.close();
            assertThat(Files.readString(Path.of("/proc/locks")))
                    .containsPattern("POSIX .*WRITE " + ProcessHandle.current().pid() + " [0-9a-f:]+:"
                            + Files.getAttribute(file, "unix:ino") + " ");
            TestDatabase.attempt(job.jdbc(), 2, "count");
        }
        assertThat(Asking.<Integer>once(settings, AskingTest::count)).isEqualTo(2);
    }

    @Test
    void nothingIsChangedAndWhatIsWrongWithAQuestionIsTold() throws Exception {
        var before = Files.readAllBytes(file);
        try (var asking = new Asking(settings)) {
            assertThatThrownBy(() -> asking.ask(database ->
                            database.jdbc().sql("delete from progress").update()))
                    .isNotNull();
            assertThatThrownBy(() -> asking.ask(database -> {
                        throw new UserException("no such run");
                    }))
                    .hasMessage("no such run");
            assertThat(asking.<Integer>ask(AskingTest::count)).isOne();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void whereThereIsNoneItIsEmpty(@TempDir Path elsewhere) {
        var none = DatabaseSettings.embedded(elsewhere.resolve("runs"));
        assertThat(Asking.<Integer>once(none, AskingTest::count)).isZero();
        assertThat(elsewhere.resolve("runs")).doesNotExist();
    }
}
