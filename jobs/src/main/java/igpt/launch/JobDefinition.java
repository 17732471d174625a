package igpt.launch;

import igpt.batch.Observations;
import igpt.batch.StoredParameters;
import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.config.UsageException;
import igpt.forecast.TrainingShape;
import igpt.forecast.Trial;
import igpt.recipe.Lookup;
import igpt.recipe.Recipe;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.recipe.StepDescription;
import igpt.schema.UserException;
import igpt.schema.run.RunChildren;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All there is to a job: what can be said of it without starting anything, and how it is built. */
public abstract class JobDefinition {
    private final String name;
    private final String summary;
    private final ParameterSchema parameters;

    /** @param summary one line */
    protected JobDefinition(String name, String summary, ParameterSchema parameters) {
        this.name = name;
        this.summary = summary;
        this.parameters = parameters;
    }

    public final String name() {
        return name;
    }

    public final String summary() {
        return summary;
    }

    public final ParameterSchema parameters() {
        return parameters;
    }

    /** All that there can be, in order. */
    public abstract List<StepDescription> steps();

    /** Those of them that a run of these parameters has. */
    public List<StepDescription> steps(ParameterSet parameters) {
        return steps();
    }

    /** The artifacts that it leaves, in order. */
    public abstract List<Recipe> makes();

    /**
     * Settles what a run depends on apart from its parameters.
     *
     * @throws igpt.schema.UserException if something is not there
     */
    public abstract RunInputs inputs(ParameterSet parameters, Lookup lookup);

    /** The runs that a run launched, whose results are its own. */
    public List<Long> parts(long run, JdbcClient jdbc) {
        return new RunChildren(jdbc).of(run);
    }

    /** What the training in it takes; empty for a job that trains no network. */
    public Optional<TrainingShape> training(RunContext run, JdbcClient jdbc) {
        return Optional.empty();
    }

    /** The main work of a run that trains no network, to be tried; empty if there is none that could be. */
    public Optional<Trial> trial(RunContext run, JdbcClient jdbc) {
        return Optional.empty();
    }

    /** Those of its steps whose own runs train, besides what {@link #training} tells. */
    public List<StepDescription> launching(ParameterSet parameters) {
        return List.of();
    }

    /**
     * A run of it, as it would be stored.
     *
     * @throws UsageException if what it would begin with is not there
     */
    final StoredParameters resolve(ParameterSet parameters, Lookup lookup) {
        try {
            return new StoredParameters(parameters, inputs(parameters, lookup), 0);
        } catch (UsageException e) {
            throw e;
        } catch (UserException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** @throws UsageException if this version of the program does not know a parameter of that attempt at it */
    final StoredParameters stored(JobExecution attempt) {
        return stored(attempt.getJobInstanceId(), attempt.getJobParameters());
    }

    /** @throws UsageException if this version of the program does not know one of the run's parameters */
    final StoredParameters stored(long run, JobParameters stored) {
        try {
            return StoredParameters.of(stored, parameters);
        } catch (UsageException e) {
            throw new UsageException(
                    "run %d was started by another version of the program (%s): start it again, ./igpt run %s"
                            .formatted(run, e.getMessage(), name),
                    e);
        }
    }

    public final Job build(ParameterSet parameters, JobRepository repository, Function<StepDescription, Step> steps) {
        SimpleJobBuilder job = null;
        for (var description : steps(parameters)) {
            var step = steps.apply(description);
            job = job == null ? new JobBuilder(name, repository).start(step) : job.next(step);
        }
        if (job == null) {
            throw new IllegalStateException("job " + name + " has no steps");
        }
        var built = job.build();
        if (built instanceof AbstractJob observed) {
            observed.setObservationRegistry(Observations.registry());
        }
        return built;
    }
}
