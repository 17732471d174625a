package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a process of its own, seen, stopped and killed from outside. */
class LiveRunTest {
    private static final String[] SLOW = {"run", "count", "to=40", "pause=100"};
    private static final int PATIENCE_SECONDS = 60;

    private Path home;
    private Process child;

    @BeforeEach
    void aRunUnderWay(@TempDir Path home) throws Exception {
        this.home = home;
        child = TestIgpt.start(home, SLOW);
        counted(3);
    }

    @AfterEach
    void none() {
        child.destroyForcibly().onExit().join();
    }

    @Test
    void itIsSeenWhileItRuns() {
        assertThat(TestIgpt.ask(home, "runs").out()).containsPattern("1 +count +STARTED");
        assertThat(TestIgpt.ask(home, "show", "1").code()).isZero();
        assertThat(TestIgpt.ask(home, "query", "--format", "csv", "select status from run_history")
                        .out())
                .isEqualTo("status\nSTARTED\n");
    }

    @Test
    void itIsFoundFromAnotherTimeZone() {
        var before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati")); // 14 hours before UTC
            assertThat(TestIgpt.ask(home, "runs", "--since", "10m").out()).contains("count");
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Pago_Pago")); // 11 hours behind
            assertThat(TestIgpt.ask(home, "runs", "--since", "10m", "--format", "json")
                            .out())
                    .containsPattern(
                            "\"started\": \"" + LocalDate.now(ZoneOffset.UTC).getYear() + "-[^\"]*Z\"");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void nobodyElseMayTakeItOver() {
        for (var command : new String[][] {SLOW, {"resume", "1"}}) {
            var refused = TestIgpt.ask(home, command);
            assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("process " + child.pid())
                    .contains(" on ")
                    .hasLineCount(1);
        }
        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void aTerminatedRunIsStoppedAndResumed() throws Exception {
        child.destroy(); // SIGTERM
        assertThat(exitCode()).isEqualTo(143);
        stoppedAndResumed();
    }

    @Test
    void anInterruptedRunIsStoppedAndResumed() throws Exception {
        assumeFalse(isInterruptIgnored(), "whoever started the tests ignores SIGINT, and so do its children");
        signal("INT");
        assertThat(exitCode()).isEqualTo(130);
        stoppedAndResumed();
    }

    @Test
    void workBetweenCommitPointsCanBeGivenUp() throws Exception {
        child.destroyForcibly().onExit().join();
        child = TestIgpt.start(home, "run", "count", "to=40", "pause=1000000", "eager=true");
        seen("STARTED");
        child.destroy();
        assertThat(exitCode()).isEqualTo(143);
        assertThat(TestIgpt.ask(home, "runs").out()).contains("STOPPED");
        assertThat(TestIgpt.ask(home, "run", "count", "to=40").code()).isZero();
        complete();
    }

    /** The terminal is closed while the run is in an iteration of minutes. */
    @Test
    void workThatComesToNoCommitPointIsGivenUp() throws Exception {
        inOneLongCall("-Digpt.stop.patience=500");
        signal("HUP");
        assertThat(exitCode()).isEqualTo(129);
        assertThat(Files.readString(home.resolve("child.txt")))
                .contains("run 2 count stopped; what it did since its last commit point is given up");
        assertThat(TestIgpt.ask(home, "runs").out()).containsPattern("2 +count +STOPPED");
        assertThat(TestIgpt.ask(home, "run", "count", "to=41").out()).contains("run 2 count resumes; it was STOPPED");
    }

    @Test
    void aSecondSignalEndsTheProcessAtOnce() throws Exception {
        inOneLongCall("-Digpt.stop.patience=1000000000");
        do child.destroy(); // one that comes soon after the first counts as the first
        while (!child.waitFor(100, TimeUnit.MILLISECONDS));
        assertThat(child.exitValue()).isEqualTo(143);
        assertThat(home.resolve("child.txt")).content().doesNotContain("fatal error");
        assertThat(TestIgpt.ask(home, "run", "count", "to=41").out()).contains("run 2 count resumes; it was KILLED");
    }

    @Test
    void aSuspendedRunContinuesAsIfNothingHadBeen() throws Exception {
        signal("STOP");
        signal("CONT");
        assertThat(exitCode()).isZero();
        complete();
    }

    private void inOneLongCall(String option) throws Exception {
        child.destroyForcibly().onExit().join();
        child = TestIgpt.start(home, List.of(option), "run", "count", "to=41", "pause=1000000");
        seen("numbers  0 / 41");
    }

    private void seen(String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!TestIgpt.ask(home, "runs").out().contains(text)) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(child.isAlive())
                    .as(Files.readString(home.resolve("child.txt")))
                    .isTrue();
        }
    }

    @Test
    void theStopCommandStopsIt() throws Exception {
        assertThat(TestIgpt.ask(home, "stop", "1").code()).isZero();
        assertThat(exitCode()).isEqualTo(143);
        assertThat(TestIgpt.ask(home, "stop", "1").err()).contains("run 1 is not running; it is STOPPED");
        stoppedAndResumed();
    }

    @Test
    void aSuspendedRunIsSeenAndRefusedAndStopsOnceItIsLetGoOn() throws Exception {
        signal("STOP");
        assertThat(TestIgpt.ask(home, "runs").out()).containsPattern("1 +count +STARTED");
        assertThat(TestIgpt.ask(home, "resume", "1").err()).contains("process " + child.pid());
        assertThat(TestIgpt.ask(home, "stop", "1").out()).contains("suspended, `kill -CONT " + child.pid());
        signal("CONT");
        assertThat(exitCode()).isEqualTo(143);
        stoppedAndResumed();
    }

    @Test
    void aKilledRunIsShownAsKilledAndResumed() throws Exception {
        child.destroyForcibly();
        assertThat(exitCode()).isEqualTo(137);
        assertThat(TestIgpt.ask(home, "runs").out()).contains("KILLED");
        assertThat(TestIgpt.ask(home, "runs", "--status", "killed").out()).contains("count");
        var resumed = TestIgpt.ask(home, "run", "count", "to=40", "pause=0");
        assertThat(resumed.code()).as(resumed.toString()).isZero();
        assertThat(resumed.out()).contains("run 1 count resumes; it was KILLED");
        complete();
        assertThat(TestIgpt.ask(home, "show", "1").out()).containsPattern("1 +FAILED.*killed");
    }

    /** A shell's background jobs inherit it so. */
    private static boolean isInterruptIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << (2 - 1)) != 0);
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(child.pid()))
                .start()
                .waitFor();
    }

    private void stoppedAndResumed() throws Exception {
        assertThat(Files.readString(home.resolve("child.txt")))
                .contains("stopping at the next commit point")
                .contains("./igpt resume 1");
        assertThat(TestIgpt.ask(home, "runs").out()).contains("STOPPED");
        var resumed = TestIgpt.ask(home, "resume");
        assertThat(resumed.code()).as(resumed.toString()).isZero();
        assertThat(resumed.out()).contains("run 1 count resumes; it was STOPPED");
        complete();
    }

    private void complete() throws IOException {
        assertThat(Files.readAllLines(home.resolve("runs/1-count/numbers.txt"))).hasSize(40);
        assertThat(home.resolve("runs/1-count/total.txt")).hasContent("820");
        assertThat(TestIgpt.ask(home, "runs").out()).contains("COMPLETED");
    }

    private int exitCode() throws InterruptedException {
        assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return child.exitValue();
    }

    private void counted(int numbers) throws Exception {
        var file = home.resolve("runs/1-count/numbers.txt");
        for (int i = 0; i < PATIENCE_SECONDS * 20; i++) {
            if (Files.exists(file) && Files.readAllLines(file).size() >= numbers) return;
            assertThat(child.isAlive())
                    .as(Files.readString(home.resolve("child.txt")))
                    .isTrue();
            Thread.sleep(50);
        }
        throw new AssertionError("the child does not count: " + Files.readString(home.resolve("child.txt")));
    }
}
