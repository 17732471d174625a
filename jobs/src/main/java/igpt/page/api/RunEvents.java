package igpt.page.api;

import igpt.page.RunReader;
import igpt.schema.db.Database;
import igpt.schema.run.Run;
import igpt.schema.run.RunHistory;
import igpt.schema.run.StepProgress;
import igpt.schema.run.StepRun;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * How a run goes, as it goes: {@code run} when its status changes, {@code step} when one begins or ends, {@code progress}
 * every other second, and {@code outcome} last. Asked of the database, so that it does not matter which process runs it.
 */
@RestController
final class RunEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
    private static final long EVERY_MILLIS = 2000; // as often as progress is stored
    private static final int QUIET_TICKS = 8; // then a comment, by which a reader who has gone is noticed

    private final RunReader reader;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "events");
        thread.setDaemon(true);
        return thread;
    });

    RunEvents(RunReader reader) {
        this.reader = reader;
        ticker.scheduleWithFixedDelay(
                () -> tell(List.copyOf(watches)), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The database is asked once for all readers: to open it is most of the work. */
    private void tell(List<Watch> all) {
        if (all.isEmpty()) {
            return;
        }
        try {
            var pulses = reader.read(database ->
                    all.stream().map(watch -> Pulse.of(watch.run, database)).toList());
            for (int i = 0; i < all.size(); i++) {
                all.get(i).hear(pulses.get(i));
            }
        } catch (RuntimeException e) {
            LOG.warn("events are late", e);
        }
    }

    @GetMapping(path = "/api/v1/runs" + RunsApi.RUN + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Says("Server-sent events: run, step, progress, and outcome at its end.")
    SseEmitter events(@PathVariable("run") long run) {
        reader.read(database -> RunViews.job(run, database));
        var watch = new Watch(run);
        watches.add(watch);
        watch.emitter.onCompletion(watch::forget);
        watch.emitter.onTimeout(watch::forget);
        watch.emitter.onError(gone -> watch.forget());
        ticker.execute(() -> tell(List.of(watch)));
        return watch.emitter;
    }

    /** What there is to tell at a moment. */
    private record Pulse(@Nullable Run newest, List<StepRun> steps, List<StepProgress> progress) {
        static Pulse of(long run, Database database) {
            var history = new RunHistory(database);
            var newest = history.newest(run).orElse(null);
            return newest == null
                    ? new Pulse(null, List.of(), List.of())
                    : new Pulse(newest, history.steps(run), history.progress(run));
        }
    }

    /** Of one reader. */
    private final class Watch {
        final long run;
        final SseEmitter emitter = new SseEmitter(0L); // open until the run or the reader ends
        private final Map<String, Object> told = new HashMap<>(); // only on the ticker's thread
        private int quiet;

        Watch(long run) {
            this.run = run;
        }

        void hear(Pulse pulse) {
            try {
                tell(pulse);
            } catch (IOException | IllegalStateException gone) {
                forget();
            }
        }

        private void tell(Pulse pulse) throws IOException {
            var newest = pulse.newest;
            if (newest == null) {
                return;
            }
            quiet++;
            var state = List.of(newest.attempt(), newest.status(), String.valueOf(newest.step()), newest.silent());
            send("run", "run", state, RunSummary.of(newest));
            for (var step : pulse.steps) {
                if (step.attempt() == newest.attempt()) {
                    send("step", "step " + step.step(), step.status(), new StepEvent(run, step));
                }
            }
            for (var progress : pulse.progress) {
                if (progress.attempt() == newest.attempt()) {
                    send(
                            "progress",
                            "progress " + progress.step(),
                            progress.updated(),
                            new ProgressEvent(run, progress));
                }
            }
            if (!newest.isUnderWay()) {
                send("outcome", "outcome", state, RunSummary.of(newest));
                forget();
                emitter.complete();
            } else if (quiet >= QUIET_TICKS) {
                emitter.send(SseEmitter.event().comment("still there"));
                quiet = 0;
            }
        }

        /** Where it differs from what was told last. */
        private void send(String event, String what, Object state, Object data) throws IOException {
            if (!state.equals(told.put(what, state))) {
                emitter.send(SseEmitter.event().name(event).data(data, MediaType.APPLICATION_JSON));
                quiet = 0;
            }
        }

        void forget() {
            watches.remove(this);
        }
    }

    record StepEvent(long run, int attempt, String step, String status, Instant started, double seconds) {
        StepEvent(long run, StepRun step) {
            this(run, step.attempt(), step.step(), step.status(), step.started(), step.seconds());
        }
    }

    record ProgressEvent(
            long run,
            int attempt,
            String step,
            long done,
            long total,
            String unit,
            @Nullable Double rate,
            @Nullable String rateUnit,
            @Nullable Double secondsLeft,
            @Nullable Double loss,
            Instant updated) {
        ProgressEvent(long run, StepProgress progress) {
            this(
                    run,
                    progress.attempt(),
                    progress.step(),
                    progress.done(),
                    progress.total(),
                    progress.unit(),
                    progress.rate(),
                    progress.rateUnit(),
                    progress.secondsLeft(),
                    progress.loss(),
                    progress.updated());
        }
    }

    /** Who reads is told that it is over. */
    @PreDestroy
    void close() {
        ticker.shutdown();
        watches.forEach(watch -> watch.emitter.complete());
    }
}
