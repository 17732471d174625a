package igpt.schema.run;

import igpt.schema.UserException;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.query.QueryLimits;
import igpt.schema.query.QueryResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What ran, for those who ask. */
public final class RunHistory {

    /** Without a sign of life, of which there is one every other second: whoever looks is told within ten. */
    private static final double SILENT_SECONDS = 8;

    /** Runs are few or the limit is small; with many, only as much is read as is asked for. */
    private static final int A_PAGE = 50;

    private static final String MADE_SO_NAMED =
            """
             and exists (
                select 1 from artifact a join batch_job_execution x on x.job_execution_id = a.job_execution_id
                where x.job_instance_id = e.job_instance_id and lower(a.name) like :name escape '!')
            """;

    private static final String GIVEN_SO =
            """
             and exists (
                select 1 from batch_job_execution_params p
                where p.job_execution_id = e.job_execution_id
                    and lower(p.parameter_name || '=' || p.parameter_value) like :text escape '!')
            """;

    private final Database database;
    private final JdbcClient jdbc;

    public RunHistory(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** Each run's newest attempt, the newest run first: a run keeps its place when it is resumed. */
    public List<Run> runs(RunFilter filter) {
        var runs = new ArrayList<Run>();
        var page = newest(filter, filter.before() == null ? Long.MAX_VALUE : filter.before());
        while (!page.isEmpty() && runs.size() < filter.limit()) {
            var seen = attempts(page);
            seen.stream().map(this::seen).filter(filter::takes).forEach(runs::add);
            page = newest(filter, seen.get(seen.size() - 1).run());
        }
        notBegun(filter).forEach(run -> runs.add(place(run, runs), run));
        return runs.size() <= filter.limit() ? runs : List.copyOf(runs.subList(0, filter.limit()));
    }

    /** Those that were asked for and have no attempt yet, as if they had one. */
    private List<Run> notBegun(RunFilter filter) {
        if (filter.name() != null) {
            return List.of();
        }
        var all = new ArrayList<Run>();
        for (var request : new RunRequests(jdbc).all()) {
            if (filter.before() != null && request.run() >= filter.before()) {
                continue;
            }
            var run = notBegun(request);
            var text = filter.text() == null ? "" : filter.text().toLowerCase(Locale.ROOT);
            if (filter.takes(run)
                    && String.valueOf(run.parameters()).toLowerCase(Locale.ROOT).contains(text)) {
                all.add(run);
            }
        }
        return all;
    }

    private Run notBegun(RunRequests.RunRequested request) {
        var parameters = request.parameters().stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .sorted()
                .collect(Collectors.joining(" "));
        boolean begins = database.holder(request.run()).isPresent();
        return new Run(
                request.run(),
                0,
                request.job(),
                parameters,
                begins ? "STARTING" : Run.KILLED,
                null,
                null,
                request.asked(),
                null,
                0,
                null,
                null,
                0,
                null,
                null);
    }

    private static int place(Run run, List<Run> newestFirst) {
        int place = 0;
        while (place < newestFirst.size() && newestFirst.get(place).run() > run.run()) {
            place++;
        }
        return place;
    }

    /**
     * The newest attempts of the next few runs that may be meant. Asked of the tables, since the view works out
     * parameters and losses of every attempt first.
     */
    private List<Long> newest(RunFilter filter, long before) {
        var since = filter.since();
        var asked = (filter.job() == null ? "" : " and i.job_name = :job")
                + (filter.status() == null ? "" : " and e.status in (:statuses)")
                + (since == null ? "" : " and coalesce(e.start_time, e.create_time) >= :since")
                + (filter.name() == null ? "" : MADE_SO_NAMED)
                + (filter.text() == null ? "" : GIVEN_SO);
        return jdbc.sql(
                        """
                        select e.job_execution_id from batch_job_execution e
                        join batch_job_instance i on i.job_instance_id = e.job_instance_id
                        where e.job_instance_id < :before %s
                            and not exists (
                                select 1 from batch_job_execution n
                                where n.job_instance_id = e.job_instance_id and n.job_execution_id > e.job_execution_id)
                        order by e.job_instance_id desc fetch first :page rows only
                        """
                                .formatted(asked))
                .param("before", before)
                .param("job", filter.job())
                .param("statuses", stored(filter.status()))
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .param("name", part(filter.name()))
                .param("text", part(filter.text()))
                .param("page", A_PAGE)
                .query(Long.class)
                .list();
    }

    /** What a column holds somewhere, whatever the case of its letters. */
    private static String part(@Nullable String text) {
        return "%" + String.valueOf(text).toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
    }

    /** What may be stored of an attempt that is seen as that: of one that is running or was killed, that it runs. */
    private static Set<String> stored(@Nullable String status) {
        if (status == null) {
            return Set.of("");
        }
        var upper = status.toUpperCase(Locale.ROOT);
        return upper.equals(Run.KILLED) || Run.UNDER_WAY.contains(upper) ? Run.UNDER_WAY : Set.of(upper);
    }

    private List<Run> attempts(List<Long> executions) {
        return jdbc.sql("select * from run_history where execution in (:executions) order by run desc")
                .param("executions", executions)
                .query(RunHistory::attempt)
                .list();
    }

    /** Empty if there is no such run. */
    public Optional<RunDetails> run(long run) {
        var attempts = new ArrayList<>(jdbc.sql("select * from run_history where run = ? order by attempt")
                .params(run)
                .query(RunHistory::attempt)
                .list());
        if (attempts.isEmpty()) {
            return new RunRequests(jdbc)
                    .of(run)
                    .map(request -> new RunDetails(
                            List.of(notBegun(request)), List.of(), children(run), request.parameters(), List.of()));
        }
        attempts.replaceAll(this::seen);
        return Optional.of(new RunDetails(
                List.copyOf(attempts),
                steps(run),
                children(run),
                parameters(attempts.get(attempts.size() - 1).execution()),
                new Artifacts(jdbc).ofRun(run)));
    }

    /**
     * Answers a select in the user's own words.
     *
     * @throws UserException if it is none, or wrong, or takes too much
     */
    public QueryResult query(String sql, QueryLimits limits) {
        return database.query(sql, limits);
    }

    /** What can be asked: each view with its columns, by name. */
    public Map<String, List<String>> views() {
        var views = new TreeMap<String, List<String>>();
        jdbc.sql(
                        """
                        select lower(c.table_name), lower(c.column_name) from information_schema.columns c
                        join information_schema.views v
                            on v.table_schema = c.table_schema and v.table_name = c.table_name
                        where c.table_schema = current_schema order by c.table_name, c.ordinal_position
                        """)
                .query(row -> {
                    views.computeIfAbsent(row.getString(1), view -> new ArrayList<>())
                            .add(row.getString(2));
                });
        return views;
    }

    public QueryResult query(String sql) {
        return query(sql, QueryLimits.DEFAULT);
    }

    /**
     * An attempt stands as running for ever if its process was killed. Its state is asked again after the holder, for it
     * may have ended in between.
     */
    private Run seen(Run attempt) {
        if (!attempt.isUnderWay()) {
            return attempt;
        }
        if (database.holder(attempt.run()).isPresent()) {
            return live(attempt);
        }
        var now = attempts(List.of(attempt.execution())).get(0);
        return now.isUnderWay() ? now.killed() : now;
    }

    private Run live(Run attempt) {
        return jdbc.sql(
                        """
                        select h.heard_at, extract(epoch from current_timestamp - h.heard_at) as silence,
                            p.rate, p.rate_unit, p.seconds_left, p.loss
                        from run_holder h
                        left join progress p on p.job_execution_id = :execution and p.step = :step
                        where h.run = :run
                        """)
                .param("execution", attempt.execution())
                .param("step", attempt.step())
                .param("run", attempt.run())
                .query((row, number) -> new Live(
                        instant(row, "heard_at"),
                        row.getDouble("silence") > SILENT_SECONDS,
                        row.getObject("rate", Double.class),
                        row.getString("rate_unit"),
                        row.getObject("seconds_left", Double.class),
                        row.getObject("loss", Double.class)))
                .optional()
                .map(attempt::with)
                .orElse(attempt);
    }

    /** How far each step of each attempt is, in the order in which they last moved. */
    public List<StepProgress> progress(long run) {
        return jdbc.sql("select * from step_progress where run = ? order by updated, step")
                .params(run)
                .query((row, number) -> new StepProgress(
                        row.getInt("attempt"),
                        row.getString("step"),
                        row.getLong("done"),
                        row.getLong("total"),
                        row.getString("unit"),
                        row.getObject("rate", Double.class),
                        row.getString("rate_unit"),
                        row.getObject("seconds_left", Double.class),
                        row.getObject("loss", Double.class),
                        row.getObject("checkpoint_seconds", Double.class),
                        row.getObject("updated", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The newest attempt at a run; empty if there is no such run. */
    public Optional<Run> newest(long run) {
        return jdbc
                .sql("select max(job_execution_id) from batch_job_execution where job_instance_id = ?")
                .params(run)
                .query((row, number) -> row.getLong(1))
                .list()
                .stream()
                .filter(execution -> execution > 0)
                .findFirst()
                .map(execution -> seen(attempts(List.of(execution)).get(0)));
    }

    /** Those of all attempts, in order. */
    public List<StepRun> steps(long run) {
        return jdbc.sql("select * from step_history where run = ? order by step_execution")
                .params(run)
                .query((row, number) -> new StepRun(
                        row.getInt("attempt"),
                        row.getString("step"),
                        row.getString("status"),
                        row.getString("progress"),
                        started(row),
                        instant(row, "ended"),
                        row.getDouble("seconds"),
                        row.getLong("commits"),
                        row.getString("exit_message")))
                .list();
    }

    private List<ChildRun> children(long run) {
        return jdbc.sql(
                        """
                        select c.child, i.job_name, c.purpose,
                            (select max(e.job_execution_id) from batch_job_execution e where e.job_instance_id = c.child)
                        from run_child c join batch_job_instance i on i.job_instance_id = c.child
                        where c.parent = ? order by c.child
                        """)
                .params(run)
                .query((row, number) -> new ChildRun(
                        row.getLong(1), row.getString(2), row.getString(3), status(row.getObject(4, Long.class))))
                .list();
    }

    private @Nullable String status(@Nullable Long execution) {
        return execution == null
                ? null
                : seen(attempts(List.of(execution)).get(0)).status();
    }

    private List<Parameter> parameters(long execution) {
        return jdbc.sql(
                        """
                        select parameter_name, parameter_value, identifying from batch_job_execution_params
                        where job_execution_id = ? order by parameter_name
                        """)
                .params(execution)
                .query((row, number) -> new Parameter(
                        row.getString(1),
                        Optional.ofNullable(row.getString(2)).orElse(""),
                        row.getString(3).equals("Y")))
                .list();
    }

    private static Run attempt(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getLong("run"),
                row.getInt("attempt"),
                row.getString("job"),
                row.getString("parameters"),
                row.getString("status"),
                row.getString("step"),
                row.getString("progress"),
                started(row),
                instant(row, "ended"),
                row.getDouble("seconds"),
                row.getObject("last_loss", Double.class),
                row.getString("exit_message"),
                row.getLong("execution"),
                row.getObject("parent", Long.class),
                null);
    }

    private static Instant started(ResultSet row) throws SQLException {
        return row.getObject("started", OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
