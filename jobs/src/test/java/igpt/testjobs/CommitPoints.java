package igpt.testjobs;

import igpt.batch.UntransactedStep;
import igpt.recipe.RunContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The places in a run where it can be caught, counted instead of waited for: the same run has the same ones in the same
 * order, however slow the machine. One watcher a process; child runs are counted with the run that launched them.
 */
public final class CommitPoints {
    /** Of a step its beginning and end; of each of its calls what comes before, inside and after the transaction. */
    public enum When {
        STARTING,
        /** Nothing of the call's work is done. */
        BEGUN,
        /** The call's files are written, its rows are not committed. */
        WORKED,
        COMMITTED,
        /** The step's status is stored, the next step has none. */
        ENDED
    }

    /**
     * @param number from 1, of all that the watcher was shown
     * @param call of this run's step, from 0; over all attempts in this process
     * @param finished whether an earlier call of this run's step said that nothing is left
     */
    public record Point(int number, RunContext run, String step, When when, int call, boolean finished) {
        /** The same place whenever a run of the job comes by. */
        public String name() {
            return "%s %s %s%s".formatted(run.job(), step, when, ofCall() ? " " + call : "");
        }

        /** Of one of the step's calls, rather than of its beginning or end. */
        public boolean ofCall() {
            return when != When.STARTING && when != When.ENDED;
        }
    }

    private static final Set<RunContext> RUNS = ConcurrentHashMap.newKeySet();
    private static final Map<String, AtomicInteger> CALLS = new ConcurrentHashMap<>();
    private static final Set<String> FINISHED = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static volatile Consumer<Point> watcher = point -> {};
    private static volatile boolean stopping;

    private CommitPoints() {}

    /** From now on this is shown every point, on the thread that is at it. */
    public static void watch(Consumer<Point> next) {
        CALLS.clear();
        FINISHED.clear();
        NUMBER.set(0);
        resume();
        watcher = next;
    }

    public static void ignore() {
        watch(point -> {});
    }

    /** As Ctrl-C does: a stop request to all runs under way in this process, and to those that they still launch. */
    public static void stop() {
        stopping = true;
        RUNS.forEach(RunContext::requestStop);
    }

    /** Runs that are launched from now on are not stopped. */
    public static void resume() {
        stopping = false;
        RUNS.clear();
    }

    public static boolean stopping() {
        return stopping;
    }

    /** To be given to the program with its own configuration. */
    @Configuration(proxyBeanMethods = false)
    public static class Counting {
        @Bean
        static BeanPostProcessor commitPoints(ObjectProvider<RunContext> run) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof TaskletStep step) return new Counted(step, run::getObject);
                    return bean instanceof UntransactedStep step ? new Counted(step, run::getObject) : bean;
                }
            };
        }
    }

    private static final class Counted implements Step {
        private final Step step;
        private final java.util.function.Supplier<RunContext> run;

        Counted(TaskletStep step, java.util.function.Supplier<RunContext> run) {
            this.step = step;
            this.run = run;
            step.setTasklet(counted(step.getTasklet()));
            step.registerChunkListener(new ChunkListener<>() {
                @Override
                public void afterChunk(ChunkContext chunk) {
                    at(When.COMMITTED);
                    calls().incrementAndGet();
                }
            });
        }

        Counted(UntransactedStep step, java.util.function.Supplier<RunContext> run) {
            this.step = step;
            this.run = run;
            var counted = counted(step.tasklet());
            step.tasklet((contribution, chunk) -> { // which has committed when it returns
                var status = counted.execute(contribution, chunk);
                at(When.COMMITTED);
                calls().incrementAndGet();
                return status;
            });
        }

        private Tasklet counted(Tasklet tasklet) {
            return (contribution, chunk) -> {
                at(When.BEGUN);
                RepeatStatus status = tasklet.execute(contribution, chunk);
                at(When.WORKED);
                if (status == null || !status.isContinuable()) FINISHED.add(key());
                return status;
            };
        }

        private String key() {
            return run.get().number() + " " + step.getName();
        }

        private AtomicInteger calls() {
            return CALLS.computeIfAbsent(key(), key -> new AtomicInteger());
        }

        private void at(When when) {
            RUNS.add(run.get());
            if (stopping) run.get().requestStop();
            watcher.accept(new Point(
                    NUMBER.incrementAndGet(),
                    run.get(),
                    step.getName(),
                    when,
                    calls().get(),
                    FINISHED.contains(key())));
        }

        @Override
        public void execute(StepExecution execution) throws org.springframework.batch.core.job.JobInterruptedException {
            at(When.STARTING);
            step.execute(execution);
            at(When.ENDED);
        }

        @Override
        public String getName() {
            return step.getName();
        }

        @Override
        public boolean isAllowStartIfComplete() {
            return step.isAllowStartIfComplete();
        }

        @Override
        public int getStartLimit() {
            return step.getStartLimit();
        }
    }
}
