package igpt.page;

import igpt.config.Project;
import igpt.launch.AttemptBegan;
import igpt.launch.LaunchService;
import igpt.launch.LaunchedRun;
import igpt.launch.Outcome;
import igpt.launch.RunListener;
import igpt.launch.RunRequest;
import igpt.manage.RunStop;
import igpt.schema.db.Asking;
import igpt.schema.db.Database;
import igpt.schema.run.RunHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs of this process. It has the database only while one of them is under way, so that other processes can launch theirs
 * while the page is merely open.
 */
public final class Launching implements RunReader, AutoCloseable {
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    private final Project project;
    private final Supplier<LaunchService> opener;
    private final @Nullable LaunchService given; // by the process that opened the page, which closes it
    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<LaunchedRun>> onLaunch = new CopyOnWriteArrayList<>();
    private final Asking asking;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private @Nullable LaunchService opened; // guarded by inUse
    private final Map<Long, CompletableFuture<Void>> begun = new ConcurrentHashMap<>(); // by the run

    private Launching(Project project, Supplier<LaunchService> opener, @Nullable LaunchService given) {
        this.project = project;
        this.opener = opener;
        this.given = given;
        asking = new Asking(project.database());
    }

    /** @param opener of a service that lasts as long as its runs */
    public static Launching whenAsked(Project project, Supplier<LaunchService> opener) {
        return new Launching(project, opener, null);
    }

    /** By a service that is open all the time. */
    public static Launching with(Project project, LaunchService service) {
        var launching = new Launching(project, () -> service, service);
        service.listen(launching.new Beginnings());
        return launching;
    }

    /** From now on it is told how runs of this process go. */
    public void listen(RunListener listener) {
        if (given != null) {
            given.listen(listener);
        }
        listeners.add(listener);
    }

    /** From now on it is given every run that is launched, before that begins. */
    public void onLaunch(Consumer<LaunchedRun> consumer) {
        if (given != null) {
            given.onLaunch(consumer);
        }
        onLaunch.add(consumer);
    }

    /**
     * Starts a run, or resumes the one of the same parameters.
     *
     * @throws igpt.schema.UserException if it cannot be started
     */
    public LaunchedRun start(RunRequest request) {
        return launch(service -> service.start(request));
    }

    /**
     * Resumes a run as it was started.
     *
     * @throws igpt.schema.UserException if it cannot be resumed
     */
    public LaunchedRun resume(long run) {
        awaitEnd(run);
        return launch(service -> service.resume(run));
    }

    /** Of a run that is stored as ended: its thread has a moment's work left, and whoever saw that it has ended is not refused. */
    private void awaitEnd(long run) {
        for (var ending : underWay()) {
            if (ending.run() == run && hasEnded(run)) {
                ending.outcome()
                        .handle((outcome, refused) -> run)
                        .completeOnTimeout(run, TO_BEGIN.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    /** One launch at a time: the next one finds the rows of the one before. */
    private LaunchedRun launch(Function<LaunchService, LaunchedRun> launch) {
        LaunchedRun launched;
        inUse.writeLock().lock();
        try {
            var service = service();
            try {
                launched = launch.apply(service);
                launched.outcome().whenComplete((outcome, refused) -> closeSoon());
            } finally {
                closeIfIdle();
            }
        } finally {
            inUse.writeLock().unlock();
        }
        awaitBeginning(launched);
        return launched;
    }

    /** Until there is something to be shown; a run that is refused is so before it begins. */
    private void awaitBeginning(LaunchedRun launched) {
        var began = begun.computeIfAbsent(launched.run(), run -> new CompletableFuture<>());
        var outcome = launched.outcome();
        try {
            CompletableFuture.anyOf(began, outcome).get(TO_BEGIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // as below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            begun.remove(launched.run());
        }
        if (outcome.isCompletedExceptionally()) {
            launched.await(); // throws why it is refused
        }
    }

    private final class Beginnings implements RunListener {
        @Override
        public void began(AttemptBegan attempt) {
            begun.computeIfAbsent(attempt.run(), run -> new CompletableFuture<>())
                    .complete(null);
        }

        @Override
        public void ended(Outcome outcome) {
            begun.remove(outcome.run());
        }
    }

    /**
     * Changes the database as a job would.
     *
     * @throws igpt.schema.UserException if another process has it
     */
    public <T> T change(Function<Database, T> change) {
        inUse.writeLock().lock();
        try {
            var service = given != null ? given : opened;
            if (service != null) {
                return change.apply(service.database());
            }
            try (var database = Database.forJob(project.database())) {
                return change.apply(database);
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private LaunchService service() {
        if (given != null) {
            return given;
        }
        var service = opened;
        if (service == null) {
            service = opener.get();
            service.listen(new Beginnings());
            listeners.forEach(service::listen);
            onLaunch.forEach(service::onLaunch);
            opened = service;
        }
        return service;
    }

    /** Of its own accord, after the thread of the run that has ended. */
    private void closeSoon() {
        var thread = new Thread(
                () -> {
                    inUse.writeLock().lock();
                    try {
                        closeIfIdle();
                    } finally {
                        inUse.writeLock().unlock();
                    }
                },
                "close");
        thread.setDaemon(true);
        thread.start();
    }

    private void closeIfIdle() {
        var service = opened;
        if (service != null && service.underWay().isEmpty()) {
            opened = null;
            service.close();
        }
    }

    /**
     * Stops a run at its next commit point, whichever process of this machine works on it.
     *
     * @return what will become of it
     * @throws igpt.schema.UserException if no process works on it, or not where it can be told
     */
    public String stop(long run) {
        var own = underWay();
        for (var launched : own) {
            if (launched.run() == run && !hasEnded(run)) {
                launched.stop();
                return "run %d stops at its next commit point".formatted(run);
            }
        }
        return read(database -> {
            var whole = RunStop.launcher(database, run, own);
            if (whole.isEmpty()) {
                return RunStop.request(database, run);
            }
            whole.get().stop();
            return "run %d, which launched run %d, stops at its next commit point"
                    .formatted(whole.get().run(), run);
        });
    }

    /** Its thread may be there a moment longer. */
    private boolean hasEnded(long run) {
        return read(database -> new RunHistory(database)
                .newest(run)
                .filter(newest -> !newest.isUnderWay())
                .isPresent());
    }

    /** Those of this process that have not ended. */
    public List<LaunchedRun> underWay() {
        var service = given != null ? given : opened();
        return service == null ? List.of() : service.underWay();
    }

    private @Nullable LaunchService opened() {
        inUse.readLock().lock();
        try {
            return opened;
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public <T> T read(Function<Database, T> question) {
        inUse.readLock().lock();
        try {
            var service = given != null ? given : opened;
            if (service != null) {
                return question.apply(service.database());
            }
            return asking.ask(question);
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Waits for what is under way, which does not end by itself. */
    @Override
    public void close() {
        for (var run : new ArrayList<>(underWay())) {
            run.outcome().handle((outcome, refused) -> run).join();
        }
        inUse.writeLock().lock();
        try {
            closeIfIdle();
            asking.close();
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
