package igpt.batch;

import igpt.schema.db.Database;
import igpt.schema.db.HistoryFiles;
import igpt.schema.db.RunsFolder;
import igpt.schema.lock.FencedConnections;
import igpt.schema.lock.LateConnections;
import igpt.schema.lock.RunLock;
import igpt.schema.run.Parameter;
import igpt.schema.run.RunRequests;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs and their attempts, as Spring Batch keeps them: its repository without its launcher. */
public final class RunStore {
    private final FencedConnections connections = new FencedConnections();
    private final LateConnections dataSource;
    private final StoppableTransactions transactions;
    private final JobRepository repository;
    private volatile @Nullable RunLock right;

    public RunStore(Database database) {
        dataSource = new LateConnections(database.dataSource(), connections);
        transactions = new StoppableTransactions(dataSource);
        try {
            var factory = new JdbcJobRepositoryFactoryBean();
            factory.setDataSource(dataSource);
            factory.setTransactionManager(transactions);
            // SERIALIZABLE, its default, fails where runs begin together on PostgreSQL. Keys and the run's lock keep
            // them apart.
            factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
            factory.afterPropertiesSet();
            repository = factory.getObject();
        } catch (Exception e) {
            throw new IllegalStateException("Spring Batch's repository cannot be made", e);
        }
    }

    /** From now on nothing is committed without the right to the run. */
    public void guard(RunLock lock) {
        connections.guard(lock);
        right = lock;
    }

    /** Whether the connection was lost in a transaction, so that nothing more of this attempt is stored. */
    public boolean lost() {
        return transactions.lost() != null;
    }

    public RunLock right() {
        return Objects.requireNonNull(right, "nobody has the right to the run");
    }

    /**
     * To be asked where long work begins: a transaction that is open meanwhile may be ended by the server, and keeps others
     * waiting.
     */
    public void checkNothingIsOpen(String work) {
        if (dataSource.writing()) {
            throw new IllegalStateException(work + " begins in an open transaction");
        }
    }

    /** That sees what is not committed yet. */
    public HistoryFiles history(RunsFolder runs) {
        return new HistoryFiles(JdbcClient.create(dataSource), runs);
    }

    /** From now on what is committed of the run is written into its folder first. */
    public void record(long run, HistoryFiles history) {
        transactions.beforeCommit(() -> {
            if (dataSource.writing()) {
                history.writeChanged(run);
            }
        });
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** For rows that are stored at once, whatever becomes of the transaction around them, and before hours of work. */
    public TransactionOperations atOnce() {
        var atOnce = new TransactionTemplate(transactions);
        atOnce.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return atOnce;
    }

    public JobRepository repository() {
        return repository;
    }

    public Optional<JobInstance> find(String job, JobParameters parameters) {
        return Optional.ofNullable(repository.getJobInstance(job, parameters));
    }

    /** The same as {@code --again} asks for it: the first count of it that no run has yet. */
    public StoredParameters again(String job, StoredParameters wanted) {
        var next = wanted;
        for (int again = 1; find(job, next.toSpring()).isPresent(); again++) {
            next = wanted.again(again);
        }
        return next;
    }

    public Optional<JobInstance> run(long number) {
        return Optional.ofNullable(repository.getJobInstance(number));
    }

    public JobInstance findOrCreate(String job, JobParameters parameters) {
        return find(job, parameters).orElseGet(() -> {
            try {
                return create(job, parameters);
            } catch (DuplicateKeyException | IllegalStateException e) { // it asks once more before it inserts
                return find(job, parameters).orElseThrow(() -> e); // by another process, just now
            }
        });
    }

    /** With what was asked for, which its first attempt has, too. */
    private JobInstance create(String job, JobParameters parameters) {
        var run = repository.createJobInstance(job, parameters); // in a transaction of its own
        requests().add(run.getInstanceId(), stored(parameters));
        return run;
    }

    private RunRequests requests() {
        return new RunRequests(JdbcClient.create(dataSource));
    }

    private static List<Parameter> stored(JobParameters parameters) {
        var stored = new ArrayList<Parameter>();
        for (var parameter : parameters) {
            stored.add(new Parameter(parameter.name(), String.valueOf(parameter.value()), parameter.identifying()));
        }
        return stored;
    }

    /** What was asked for of a run that has no attempt yet. */
    public Optional<JobParameters> requested(JobInstance run) {
        return requests().of(run.getInstanceId()).map(request -> {
            var parameters = new JobParametersBuilder();
            request.parameters().forEach(one -> parameters.addString(one.name(), one.value(), one.identifying()));
            return parameters.toJobParameters();
        });
    }

    /** One that was refused before its first attempt is not to be resumed: the same would be refused again. */
    public void refused(JobInstance run) {
        if (lastAttempt(run).isEmpty()) {
            requests().delete(run.getInstanceId());
        }
    }

    /** Empty for a run that was killed between its creation and its first attempt: it is new still. */
    public Optional<JobExecution> lastAttempt(JobInstance run) {
        return Optional.ofNullable(repository.getLastJobExecution(run));
    }

    /** A new attempt; it takes over what the last one left in its execution context. */
    public JobExecution begin(JobInstance run, JobParameters parameters) {
        var context = lastAttempt(run).map(JobExecution::getExecutionContext).orElseGet(ExecutionContext::new);
        var attempt = repository.createJobExecution(run, parameters, context);
        requests().delete(run.getInstanceId());
        return attempt;
    }

    /**
     * Declares a dead attempt failed, so that its run can be resumed. For one that is alive this would be poison. In
     * place of {@code JobOperator.recover}, which leaves UNKNOWN as it is: what a full disk makes of a commit. It ended
     * when it was last heard of.
     */
    public void bury(JobExecution dead) {
        end(dead, BatchStatus.FAILED, new ExitStatus(ExitStatus.FAILED.getExitCode(), "killed"), lastSign(dead));
    }

    /**
     * Ends an attempt whose thread is busy elsewhere, as stopped at its last commit: what it has begun to write is
     * rolled back, and it commits nothing more. The process has to end with it.
     */
    public void giveUp(long attempt) {
        transactions.keepToThisThread();
        var now = repository.getJobExecution(attempt);
        if (now != null && isOpen(now.getStatus())) {
            var stopped = new ExitStatus(
                    ExitStatus.STOPPED.getExitCode(),
                    "stopped by the user; what it did since its last commit point is given up");
            end(now, BatchStatus.STOPPED, stopped, LocalDateTime.now());
        }
        var lock = right;
        if (lock != null) {
            lock.close();
        }
    }

    /** One whose connection was lost: all of it as the database knows it, with the reason. */
    public void fail(JobExecution attempt, String reason) {
        end(attempt, BatchStatus.FAILED, new ExitStatus(ExitStatus.FAILED.getExitCode(), reason), LocalDateTime.now());
    }

    /** Of all attempts. */
    public long commits(JobInstance run) {
        return repository.getJobExecutions(run).stream()
                .flatMap(attempt -> attempt.getStepExecutions().stream())
                .mapToLong(StepExecution::getCommitCount)
                .sum();
    }

    private void end(JobExecution attempt, BatchStatus status, ExitStatus exit, LocalDateTime time) {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            for (var step : attempt.getStepExecutions()) {
                if (isOpen(step.getStatus())) {
                    step.setStatus(status);
                    step.setExitStatus(exit);
                    step.setEndTime(time);
                    repository.update(step);
                }
            }
            attempt.setStatus(status);
            attempt.setExitStatus(exit);
            attempt.setEndTime(time);
            repository.update(attempt);
        });
    }

    private static LocalDateTime lastSign(JobExecution attempt) {
        var last = orNow(attempt.getLastUpdated());
        for (var step : attempt.getStepExecutions()) {
            var sign = orNow(step.getLastUpdated());
            if (sign.isAfter(last)) {
                last = sign;
            }
        }
        return last;
    }

    /**
     * Lets a run whose files are gone begin again at its first step: each makes what is no longer there. All at once, or
     * killed, nothing.
     *
     * @param last attempt; one that was complete is no longer
     */
    public void reopen(JobInstance run, JobExecution last, Consumer<JdbcClient> artifacts) {
        var gone = new ExitStatus(ExitStatus.FAILED.getExitCode(), "its files are gone");
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            artifacts.accept(JdbcClient.create(dataSource));
            for (var attempt : repository.getJobExecutions(run)) {
                for (var step : attempt.getStepExecutions()) {
                    if (step.getStatus() == BatchStatus.COMPLETED) {
                        step.setStatus(BatchStatus.FAILED);
                        step.setExitStatus(gone);
                        repository.update(step);
                    }
                    step.setExecutionContext(new ExecutionContext());
                    repository.updateExecutionContext(step);
                }
            }
            if (last.getStatus() == BatchStatus.COMPLETED) {
                last.setStatus(BatchStatus.FAILED);
                last.setExitStatus(gone);
                repository.update(last);
            }
        });
    }

    private static LocalDateTime orNow(@Nullable LocalDateTime time) {
        return time == null ? LocalDateTime.now() : time;
    }

    public static boolean isComplete(JobExecution attempt) {
        return attempt.getStatus() == BatchStatus.COMPLETED;
    }

    public static boolean isOpen(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }

    /** An attempt that ended before its first step. */
    public void fail(JobExecution attempt) {
        attempt.setStatus(BatchStatus.FAILED);
        attempt.setExitStatus(ExitStatus.FAILED);
        attempt.setEndTime(LocalDateTime.now());
        repository.update(attempt);
    }

    /** The reason in one line, in place of the stack trace. */
    public void explain(JobExecution attempt, String reason) {
        attempt.setExitStatus(new ExitStatus(attempt.getExitStatus().getExitCode(), reason));
        repository.update(attempt);
    }
}
