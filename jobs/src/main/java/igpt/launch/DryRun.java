package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.config.ParameterSet;
import igpt.config.Project;
import igpt.forecast.Forecaster;
import igpt.recipe.Lookup;
import igpt.recipe.StepDescription;
import igpt.schema.db.Database;
import igpt.schema.run.RuntimeSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.batch.core.job.JobInstance;

/** What a launch would do and take, told without doing it. */
public record DryRun(JobCatalogue catalogue, Project project) {

    /** What it would do; changes nothing. */
    public Plan plan(JobDefinition job, ParameterSet parameters, boolean again, Consumer<String> say) {
        try (var database = Database.forReading(project.database())) {
            var jdbc = database.jdbc();
            var store = new RunStore(database);
            var wanted = job.resolve(parameters, new Lookup(project, jdbc, say));
            if (again) {
                wanted = store.again(job.name(), wanted);
            }
            var run = store.find(job.name(), wanted.toSpring());
            long number = run.map(JobInstance::getInstanceId).orElse(0L);
            var made = new RunOutputs(catalogue, project).of(job, wanted, number, jdbc);
            var finished = made.values().stream()
                    .filter(artifact -> artifact.run() != number)
                    .toList();
            var done = DoneSteps.of(job, made, number, jdbc);
            return new Plan(number, run.flatMap(store::lastAttempt), finished, job.steps(parameters), done);
        }
    }

    /** What it would ask of the machine, in lines; may try a few iterations for it, and changes nothing. */
    public List<String> forecast(JobDefinition job, ParameterSet parameters, boolean again) {
        try (var database = Database.forReading(project.database())) {
            var store = new RunStore(database);
            var wanted = job.resolve(parameters, new Lookup(project, database.jdbc(), line -> {}));
            if (again) {
                wanted = store.again(job.name(), wanted);
            }
            var run = store.find(job.name(), wanted.toSpring());
            long number = run.map(JobInstance::getInstanceId).orElse(0L);
            var now = RuntimeSettler.ofThisProcess(wanted);
            var runtime = RuntimeSettler.find(job, wanted, number, now, store, database.jdbc());
            return forecaster(job, wanted, run, runtime.found(), store, database)
                    .make(true)
                    .lines();
        }
    }

    Forecaster forecaster(
            JobDefinition job,
            StoredParameters wanted,
            Optional<JobInstance> run,
            RuntimeSettings runtime,
            RunStore store,
            Database database) {
        var jdbc = database.jdbc();
        long number = run.map(JobInstance::getInstanceId).orElse(0L);
        var finished = new RunOutputs(catalogue, project).of(job, wanted, number, jdbc);
        var done = DoneSteps.of(job, finished, number, jdbc).names();
        return new Forecaster(
                job.name(),
                context -> job.training(context, jdbc),
                context -> job.trial(context, jdbc),
                job.launching(wanted.parameters()).stream()
                        .map(StepDescription::name)
                        .toList(),
                wanted,
                runtime,
                project,
                store,
                jdbc,
                finished,
                done,
                number);
    }
}
