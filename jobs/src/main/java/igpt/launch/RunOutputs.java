package igpt.launch;

import igpt.batch.RunStore;
import igpt.batch.StoredParameters;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.recipe.RunArtifacts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What runs leave, found by the recipes of their jobs: theirs, or another run's that made the same. */
public record RunOutputs(JobCatalogue catalogue, Project project) {

    /**
     * What a run and those that it launched have made, or found made already; each once.
     *
     * @throws UsageException if there is no such run
     */
    public List<Artifact> of(long run, Database database) {
        var store = new RunStore(database);
        var made = new LinkedHashSet<Artifact>();
        var left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            long next = left.remove();
            var instance = store.run(next).orElseThrow(() -> UsageException.noRun(next));
            var job = catalogue.named(instance.getJobName());
            store.lastAttempt(instance).ifPresent(last -> made.addAll(of(job, last, database.jdbc())));
            left.addAll(job.parts(next, database.jdbc()));
        }
        return List.copyOf(made);
    }

    private Collection<Artifact> of(JobDefinition job, JobExecution last, JdbcClient jdbc) {
        long run = last.getJobInstanceId();
        try {
            var stored = StoredParameters.read(last.getJobParameters(), job.parameters());
            return of(job, stored, run, jdbc).values();
        } catch (UsageException e) {
            // Another version's: what others made for such parameters cannot be asked for any more.
            return new Artifacts(jdbc)
                    .ofRun(run).stream().filter(Artifact::complete).toList();
        }
    }

    /** What such a run would leave, as far as it is there and whole. */
    Map<Kind, Artifact> of(JobDefinition job, StoredParameters wanted, long run, JdbcClient jdbc) {
        var artifacts = new RunArtifacts(
                wanted.context(job.name(), run, 0, project),
                new Artifacts(jdbc),
                new NoProgress(),
                TransactionOperations.withoutTransaction());
        var made = new LinkedHashMap<Kind, Artifact>();
        job.makes().forEach(recipe -> artifacts
                .find(recipe)
                .filter(Artifact::complete)
                .ifPresent(artifact -> made.put(recipe.kind(), artifact)));
        return made;
    }
}
