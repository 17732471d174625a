package igpt.recipe;

import igpt.config.DeviceName;
import igpt.config.ParameterSet;
import igpt.device.Device;
import igpt.schema.UserException;
import igpt.schema.artifact.Provenance;
import igpt.schema.run.RuntimeSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;

/** The run under way. */
public final class RunContext {
    private final String job;
    private final ParameterSet parameters;
    private final RunInputs inputs;
    private final int again;
    private final Path runs;
    private final Provenance provenance;
    private final RuntimeSettings runtime;
    private final long number;
    private final long attempt;
    private volatile boolean stopRequested;
    private volatile @Nullable UserException abandoned;

    public RunContext(
            String job,
            long number,
            long attempt,
            ParameterSet parameters,
            RunInputs inputs,
            int again,
            Path runs,
            Provenance provenance,
            RuntimeSettings runtime) {
        this.job = job;
        this.number = number;
        this.attempt = attempt;
        this.parameters = parameters;
        this.inputs = inputs;
        this.again = again;
        this.runs = runs;
        this.provenance = provenance.under(runtime.toString());
        this.runtime = runtime;
    }

    public String job() {
        return job;
    }

    /** The run's number: Spring Batch's job instance. */
    public long number() {
        return number;
    }

    /** This attempt at it: Spring Batch's job execution. */
    public long attempt() {
        return attempt;
    }

    public <R extends Record> R parameters(Class<R> type) {
        return parameters.as(type);
    }

    public ParameterSet parameters() {
        return parameters;
    }

    /** What the run depends on apart from its parameters, settled at its first launch. */
    public RunInputs inputs() {
        return inputs;
    }

    /** How many times the user has asked for the same run with {@code --again}: 0 the first time. */
    public int again() {
        return again;
    }

    /** Settled when the run was first launched. */
    public RuntimeSettings runtime() {
        return runtime;
    }

    /** Threads to work with. */
    public int threads() {
        return runtime.threads();
    }

    /**
     * What its networks are computed on. It does not identify the run: what is complete is not done again on another
     * device. But what one device left unfinished is not resumed on another, since devices round differently.
     *
     * @throws igpt.schema.UserException if it cannot be used
     */
    public Device device() {
        Device device = parameters.has("device")
                ? DeviceName.parse(parameters.get("device")).find(threads())
                : Device.cpu(threads());
        return device.sharingOperations(runtime.intraOp());
    }

    /** The runs folder, to which the paths of artifacts are relative. */
    public Path runs() {
        return runs;
    }

    /** The run's own folder, {@code runs/3-pretrain}. */
    public Path folder() {
        return folder(runs, number, job);
    }

    public static Path folder(Path runs, long run, String job) {
        return runs.resolve(run + "-" + job);
    }

    /** The provenance of what this run makes. */
    public Provenance provenance() {
        return provenance;
    }

    /** The user pressed Ctrl-C or the like. May be called from any thread. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Also true once the run is no longer this process's. */
    public boolean stopRequested() {
        return stopRequested || abandoned != null;
    }

    /** The run is no longer this process's. May be called from any thread. */
    public void abandon(UserException reason) {
        abandoned = reason;
    }

    /**
     * To be called during long work between commit points. If a stop was requested, gives the work up: the step ends as
     * STOPPED and can be resumed.
     *
     * @throws UserException if the run is no longer this process's
     */
    public void checkStop() throws JobInterruptedException {
        var reason = abandoned;
        if (reason != null) {
            throw reason;
        }
        if (stopRequested) {
            throw new JobInterruptedException("stopped by the user");
        }
    }
}
