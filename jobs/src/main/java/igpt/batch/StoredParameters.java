package igpt.batch;

import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.recipe.RunContext;
import igpt.recipe.RunInputs;
import igpt.runtime.ThisProcess;
import igpt.schema.file.Checksums;
import igpt.schema.run.RuntimeSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * A run as Spring Batch stores it: the user's parameters by name, what they stand for under {@code input.}, and the
 * count of {@code --again}.
 */
public record StoredParameters(ParameterSet parameters, RunInputs inputs, int again) {
    private static final String INPUT = "input.";
    private static final String AGAIN = "again";

    /**
     * To resume.
     *
     * @throws UsageException if it has parameters that this version of the program does not have
     */
    public static StoredParameters of(JobParameters stored, ParameterSchema schema) {
        return parse(stored, schema::fromMap);
    }

    /**
     * To look at: parameters that this version does not have are passed over.
     *
     * @throws UsageException if a value is not allowed any more
     */
    public static StoredParameters read(JobParameters stored, ParameterSchema schema) {
        return parse(stored, schema::readMap);
    }

    private static StoredParameters parse(
            JobParameters stored, Function<Map<String, String>, ParameterSet> parameterSet) {
        var parameters = new LinkedHashMap<String, String>();
        var inputs = new LinkedHashMap<String, String>();
        int again = 0;
        for (var parameter : stored) {
            var name = parameter.name();
            var value = String.valueOf(parameter.value());
            if (name.equals(AGAIN)) {
                again = Integer.parseInt(value);
            } else if (name.startsWith(INPUT)) {
                inputs.put(name.substring(INPUT.length()), value);
            } else {
                parameters.put(name, value);
            }
        }
        return new StoredParameters(parameterSet.apply(parameters), new RunInputs(inputs), again);
    }

    public StoredParameters again(int again) {
        return new StoredParameters(parameters, inputs, again);
    }

    /** To see what such a run has made, or would. */
    public RunContext context(String job, long run, long attempt, Project project) {
        var runtime = ThisProcess.settings(Build.ofThisProgram().tensorflow());
        return context(job, run, attempt, project, runtime);
    }

    /** What the steps of such a run are given. */
    public RunContext context(String job, long run, long attempt, Project project, RuntimeSettings runtime) {
        var seed = parameters.has("seed") ? parameters.get("seed") : "0";
        return new RunContext(
                job,
                run,
                attempt,
                parameters,
                inputs,
                again,
                project.runs(),
                Build.ofThisProgram().provenance(hash(), Long.parseLong(seed)),
                runtime);
    }

    /** Those that change the results are identifying: two launches that agree in them are one run. */
    public JobParameters toSpring() {
        var builder = new JobParametersBuilder();
        parameters.toMap().forEach((name, value) -> builder.addString(name, value, parameters.isIdentifying(name)));
        inputs.byName().forEach((name, value) -> builder.addString(INPUT + name, value));
        if (again > 0) {
            builder.addString(AGAIN, String.valueOf(again));
        }
        return builder.toJobParameters();
    }

    /** SHA-256 of all that identifies the run. */
    public String hash() {
        var identity = new TreeMap<>(parameters.identifying());
        inputs.byName().forEach((name, value) -> identity.put(INPUT + name, value));
        if (again > 0) {
            identity.put(AGAIN, String.valueOf(again));
        }
        return Checksums.sha256OfText(identity.toString());
    }
}
