package igpt.schema.artifact;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.lock.Holder;
import igpt.schema.lock.Holders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The artifacts of all runs. Joins the caller's transaction. */
public final class Artifacts {

    private static final String SELECT =
            """
            select a.*, e.job_instance_id
            from artifact a join batch_job_execution e on e.job_execution_id = a.job_execution_id
            """;

    /** Chosen before it is joined, as the first along an index. */
    private static final String NEWEST =
            """
            where a.artifact_id = (
                select n.artifact_id from artifact n where n.kind = ? and n.completed_at is not null
                order by n.kind, n.completed_at desc, n.artifact_id desc fetch first row only)
            """;

    private static final String NEWEST_NAMED =
            """
            where a.artifact_id = (
                select n.artifact_id from artifact n where n.kind = ? and n.name = ? and n.completed_at is not null
                order by n.kind, n.name, n.completed_at desc, n.artifact_id desc fetch first row only)
            """;

    private final JdbcClient jdbc;

    public Artifacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Complete or under way. */
    public Optional<Artifact> find(Kind kind, String fingerprint) {
        return jdbc.sql(SELECT + " where a.kind = ? and a.fingerprint = ?")
                .params(kind.name(), fingerprint)
                .query(Artifacts::artifact)
                .optional();
    }

    /** The newest complete one. */
    public Optional<Artifact> newest(Kind kind) {
        return jdbc.sql(SELECT + NEWEST)
                .params(kind.name())
                .query(Artifacts::artifact)
                .optional();
    }

    /** The newest complete one of that name. */
    public Optional<Artifact> named(Kind kind, String name) {
        return jdbc.sql(SELECT + NEWEST_NAMED)
                .params(kind.name(), name)
                .query(Artifacts::artifact)
                .optional();
    }

    /** The names of complete ones. */
    public List<String> names(Kind kind) {
        return jdbc.sql("select distinct name from artifact where kind = ? and completed_at is not null order by name")
                .params(kind.name())
                .query(String.class)
                .list();
    }

    /**
     * What it was made from, of that kind.
     *
     * @throws IllegalStateException if there is none
     */
    public Artifact input(Artifact of, Kind kind) {
        return findInput(of, kind)
                .orElseThrow(() -> new IllegalStateException("no " + kind.word() + " of artifact " + of.id()));
    }

    /** What it was made from, of that kind; empty if it was made without. */
    public Optional<Artifact> findInput(Artifact of, Kind kind) {
        return jdbc.sql(SELECT
                        + " join artifact_input i on i.input_id = a.artifact_id"
                        + " where i.artifact_id = ? and a.kind = ?")
                .params(of.id(), kind.name())
                .query(Artifacts::artifact)
                .optional();
    }

    /** The parameters of the run that made it, as they are stored. */
    public Map<String, String> parameters(Artifact of) {
        var parameters = new TreeMap<String, String>();
        jdbc.sql(
                        """
                        select p.parameter_name, p.parameter_value
                        from artifact a join batch_job_execution_params p on p.job_execution_id = a.job_execution_id
                        where a.artifact_id = ?
                        """)
                .params(of.id())
                .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .forEach(one -> parameters.put(one.getKey(), one.getValue()));
        return parameters;
    }

    /** The newest that the run worked on, complete or not. */
    public Optional<Artifact> ofRun(Kind kind, long run) {
        return jdbc.sql(SELECT
                        + " where a.kind = ? and e.job_instance_id = ?"
                        + " order by a.artifact_id desc fetch first row only")
                .params(kind.name(), run)
                .query(Artifacts::artifact)
                .optional();
    }

    /** All that the run worked on, oldest first. */
    public List<Artifact> ofRun(long run) {
        return jdbc.sql(SELECT + " where e.job_instance_id = ? order by a.artifact_id")
                .params(run)
                .query(Artifacts::artifact)
                .list();
    }

    /**
     * The newest first, complete or not.
     *
     * @param kind null: any
     * @param run that worked on it last; null: any
     * @param before only those of lower numbers
     */
    public List<Artifact> newest(@Nullable String kind, @Nullable Long run, long before, int limit) {
        return jdbc.sql(SELECT
                        + " where a.artifact_id < :before"
                        + (kind == null ? "" : " and a.kind = :kind")
                        + (run == null ? "" : " and e.job_instance_id = :run")
                        + " order by a.artifact_id desc fetch first :limit rows only")
                .param("before", before)
                .param("kind", kind)
                .param("run", run)
                .param("limit", limit)
                .query(Artifacts::artifact)
                .list();
    }

    /** Empty if there is none. */
    public Optional<Artifact> find(long id) {
        return jdbc.sql(SELECT + " where a.artifact_id = ?")
                .params(id)
                .query(Artifacts::artifact)
                .optional();
    }

    /** @throws IllegalStateException if there is none */
    public Artifact get(long id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no artifact " + id));
    }

    /**
     * The artifact of this fingerprint, made if there is none. One that another attempt left unfinished is
     * resumed: it keeps its id, path and provenance, and from now on belongs to this attempt's run.
     *
     * @throws UserException if another run is making it right now
     */
    public Artifact begin(
            Kind kind,
            String name,
            String fingerprint,
            long jobExecutionId,
            String path,
            Provenance provenance,
            List<Long> inputs) {
        var known = find(kind, fingerprint);
        if (known.isEmpty()) {
            try {
                insert(kind, name, fingerprint, jobExecutionId, path, provenance);
            } catch (DuplicateKeyException e) { // which run cannot be asked: PostgreSQL has given up the transaction
                throw new UserException(
                        "another run has just begun to make the same " + kind.word() + " '" + name + "'; wait for it",
                        e);
            }
            var begun = find(kind, fingerprint).orElseThrow();
            for (var input : inputs.stream().distinct().toList()) {
                jdbc.sql("insert into artifact_input (artifact_id, input_id) values (?, ?)")
                        .params(begun.id(), input)
                        .update();
            }
            return begun;
        }
        if (!known.get().complete()) {
            takeOver(known.get(), jobExecutionId);
        }
        return get(known.get().id());
    }

    private void takeOver(Artifact unfinished, long jobExecutionId) {
        var maker = isOfRun(jobExecutionId, unfinished.run())
                ? Optional.<Holder>empty()
                : Holders.of(jdbc, unfinished.run());
        if (maker.isPresent()) {
            throw new UserException("run " + unfinished.run() + " is making the same "
                    + unfinished.kind().word() + " '" + unfinished.name() + "': " + maker.get()
                    + "; wait for it");
        }
        jdbc.sql("update artifact set job_execution_id = ? where artifact_id = ?")
                .params(jobExecutionId, unfinished.id())
                .update();
    }

    private boolean isOfRun(long jobExecutionId, long run) {
        return jdbc.sql("select job_instance_id from batch_job_execution where job_execution_id = ?")
                .params(jobExecutionId)
                .query(Long.class)
                .single()
                .equals(run);
    }

    private void insert(
            Kind kind, String name, String fingerprint, long jobExecutionId, String path, Provenance provenance) {
        jdbc.sql(
                        """
                        insert into artifact (kind, name, fingerprint, job_execution_id, path, created_at,
                            parameters_hash, git_commit, seed, jvm, tensorflow, device, runtime)
                        values (?, ?, ?, ?, ?, current_timestamp, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(kind.name(), name, fingerprint, jobExecutionId, path)
                .param(provenance.parametersHash())
                .param(provenance.gitCommit())
                .param(provenance.seed())
                .param(provenance.jvm())
                .param(provenance.tensorflow())
                .param(provenance.device())
                .param(provenance.runtime())
                .update();
    }

    /** Marks it usable; a second time changes nothing. */
    public void complete(long id) {
        jdbc.sql("update artifact set completed_at = current_timestamp"
                        + " where artifact_id = ? and completed_at is null")
                .params(id)
                .update();
    }

    private static Artifact artifact(ResultSet row, int number) throws SQLException {
        var completed = row.getObject("completed_at", OffsetDateTime.class);
        return new Artifact(
                row.getLong("artifact_id"),
                new Kind(row.getString("kind")),
                row.getString("name"),
                row.getString("fingerprint"),
                row.getLong("job_instance_id"),
                row.getString("path"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                completed == null ? null : completed.toInstant(),
                new Provenance(
                        row.getString("parameters_hash"),
                        row.getString("git_commit"),
                        row.getLong("seed"),
                        row.getString("jvm"),
                        row.getString("tensorflow"),
                        row.getString("device"),
                        row.getString("runtime")));
    }
}
