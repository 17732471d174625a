package igpt.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.launch.Outcome.Ending;
import igpt.recipe.ChildRuns;
import igpt.recipe.LaunchingStep;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.UserException;
import igpt.testjobs.TestJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Several runs in one process, and who listens to them. */
class LaunchServiceTest {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchServiceTest.class);
    private static final JobDefinition WAIT =
            new TestJob("wait", "waits", new StepDescription(Waiting.class, "waiting", "for the gate"));
    private static final JobDefinition WHOLE =
            new TestJob("whole", "launches", new StepDescription(Launching.class, "launching", "wait, as a part"));

    private static volatile CountDownLatch gate = new CountDownLatch(1);

    /** Of each step that opened something, when it was closed, its run. */
    private static final List<Long> CLOSED = new CopyOnWriteArrayList<>();

    record Opened(long run) implements AutoCloseable {
        @Override
        public void close() {
            CLOSED.add(run);
        }
    }

    record Waiting(RunContext run, ProgressReporter progress, StepResource<Opened> opened) implements RunStep {
        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
            assertThat(opened.get(() -> new Opened(run.number())).run()).isEqualTo(run.number());
            try (var meter = progress.begin("waiting", 0, 2, "gates")) {
                LOG.info("run {} waits", run.number());
                while (!gate.await(10, TimeUnit.MILLISECONDS)) run.checkStop();
                var helper = new Thread(() -> LOG.info("a helper of run {}", run.number()));
                helper.start();
                helper.join();
                meter.add(2);
            }
            return RepeatStatus.FINISHED;
        }
    }

    record Launching(ProgressReporter progress, ChildRuns children) implements LaunchingStep {
        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
            LOG.info("before the part");
            progress.say("one part");
            children.run("wait", Map.of(), "the part");
            LOG.info("after the part");
            return RepeatStatus.FINISHED;
        }
    }

    /** What happened, in words; what only moves is left out. */
    private static final class Heard implements RunListener {
        final List<String> events = new CopyOnWriteArrayList<>();
        final CountDownLatch twoBegun = new CountDownLatch(2);
        final CountDownLatch moved = new CountDownLatch(1);

        @Override
        public void said(long run, String line) {
            events.add("said: " + line);
        }

        @Override
        public void began(AttemptBegan attempt) {
            events.add("began " + attempt.run() + " " + attempt.purpose());
        }

        @Override
        public void meterBegan(MeterReading meter) {
            events.add("meter of " + meter.run() + " began at " + meter.done() + "/" + meter.total());
            twoBegun.countDown();
        }

        @Override
        public void meterMoved(MeterReading meter) {
            moved.countDown();
        }

        @Override
        public void meterEnded(MeterReading meter) {
            events.add("meter of " + meter.run() + " ended at " + meter.done() + "/" + meter.total());
        }

        @Override
        public void ended(Outcome outcome) {
            events.add("ended " + outcome.run() + " " + outcome.ending());
        }
    }

    private final Heard heard = new Heard();
    private Path runs;
    private LaunchService service;

    @BeforeEach
    void aProcessWithTheDatabase(@TempDir Path home) {
        gate = new CountDownLatch(1);
        CLOSED.clear();
        runs = home.resolve("runs");
        var project = new Project(home, runs, new ConfigFolder(home.resolve("config")), Map.of());
        service = new LaunchService(
                new JobCatalogue(List.of(WAIT, WHOLE)),
                List.of(Waiting.class, Launching.class, StepResource.class),
                project,
                null);
        service.listen(heard);
    }

    @AfterEach
    void none() {
        gate.countDown();
        service.close();
    }

    private static RunRequest request(JobDefinition job, String... seed) {
        return new RunRequest(
                job, job.parameters().resolve(Map.of(), seed.length == 0 ? Map.of() : Map.of("seed", seed[0])), false);
    }

    @Test
    void ofTwoRunsAtOnceOneIsStoppedAndTheOtherGoesThrough() throws Exception {
        var stopped = service.start(request(WAIT, "1"));
        var other = service.start(request(WAIT, "2"));
        assertThat(heard.twoBegun.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(service.underWay()).containsExactly(stopped, other);
        stopped.stop();
        assertThat(stopped.await().ending()).isEqualTo(Ending.STOPPED);
        assertThat(other.outcome()).isNotDone();
        assertThat(service.underWay()).containsExactly(other);
        assertThat(CLOSED).containsExactly(stopped.run());
        gate.countDown();
        assertThat(other.await().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(service.resume(null).await()).satisfies(resumed -> {
            assertThat(resumed.run()).isEqualTo(stopped.run());
            assertThat(resumed.ending()).isEqualTo(Ending.COMPLETED);
        });
        assertThat(CLOSED).containsExactly(stopped.run(), other.run(), stopped.run());
        assertThat(service.start(request(WAIT, "2")).await().ending()).isEqualTo(Ending.UNCHANGED);
    }

    @Test
    void whatIsUnderWayIsNotStartedAgain() {
        var first = service.start(request(WAIT));
        assertThatThrownBy(() -> service.start(request(WAIT)))
                .isInstanceOf(UserException.class)
                .hasMessage("run 1 wait is under way in this process");
        gate.countDown();
        assertThat(first.await().ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void aPartIsStoppedWithTheRunThatLaunchedIt() throws Exception {
        var whole = service.start(request(WHOLE));
        assertThat(heard.moved.await(1, TimeUnit.MINUTES)).isTrue();
        whole.stop("enough");
        assertThat(whole.await().ending()).isEqualTo(Ending.STOPPED);
        assertThat(heard.events)
                .containsSubsequence("said: run 2: enough", "ended 2 STOPPED", "ended 1 STOPPED")
                .doesNotContain("said: enough");
    }

    @Test
    void whoListensHearsAllInOrder() throws Exception {
        var whole = service.start(request(WHOLE));
        assertThat(heard.moved.await(1, TimeUnit.MINUTES)).isTrue();
        gate.countDown();
        assertThat(whole.await().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(heard.events)
                .containsExactly(
                        "said: run 1 whole",
                        "began 1 ",
                        "said: one part",
                        "said: run 2 wait (the part)",
                        "began 2 the part",
                        "meter of 2 began at 0/2",
                        "meter of 2 ended at 2/2",
                        "ended 2 COMPLETED",
                        "ended 1 COMPLETED");
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        service.listen(new RunListener() {
            @Override
            public void began(AttemptBegan attempt) {
                throw new IllegalStateException("not my day");
            }
        });
        gate.countDown();
        assertThat(service.start(request(WAIT)).await().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(heard.events).contains("ended 1 COMPLETED");
    }

    @Test
    void aRunsLogHasItsOwnLinesAlone() throws Exception {
        gate.countDown();
        service.start(request(WHOLE)).await();
        assertThat(log("1-whole"))
                .contains("before the part", "after the part", "one part", "Executing step: [launching]")
                .doesNotContain("run 2 waits", "a helper of run 2", "[waiting]");
        assertThat(log("2-wait"))
                .contains("run 2 waits", "a helper of run 2", "[waiting]")
                .doesNotContain("before the part", "after the part", "one part", "[launching]");
    }

    @Test
    void runsAtOnceKeepTheirLogsApart() throws Exception {
        var one = service.start(request(WAIT, "1"));
        var two = service.start(request(WAIT, "2"));
        assertThat(heard.twoBegun.await(1, TimeUnit.MINUTES)).isTrue();
        gate.countDown();
        one.await();
        two.await();
        assertThat(log("1-wait")).contains("a helper of run 1").doesNotContain("run 2");
        assertThat(log("2-wait")).contains("a helper of run 2").doesNotContain("run 1");
    }

    private String log(String run) throws IOException {
        return Files.readString(runs.resolve(run).resolve("log.txt"));
    }
}
