package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries that would end a training, use up its numbers, take its memory or write, asked while it is at work. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class HostileQueryTest {

    /** Whatever is answered, was answered from what the process that asks may use up. */
    private static final List<String> BOTH = List.of(
            "select * from batch_job_execution for update",
            "select * from run_holder where run = 1 for update",
            "select * from metric for update",
            "select nextval('batch_job_instance_seq')",
            "select nextval(concat('batch_job', '_seq'))",
            "with n as (select nextval('batch_job_execution_seq') as x) select x from n",
            "select nextval(/**/'batch_step_execution_seq') from metric a cross join metric b",
            "delete from run_holder",
            "with gone as (delete from metric returning *) select * from gone",
            "select 1; delete from metric",
            "select 1; commit; delete from metric",
            "create table mine as select * from metric",
            "select * into mine from metric",
            "insert into metric select * from metric",
            "truncate table metric",
            "lock table metric",
            "begin",
            "rollback",
            "set lock_timeout = 0",
            "set transaction read write",
            "call 1",
            "drop view run_history",
            "explain analyze select 1",
            "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
            "select repeat('x', 1000000000)",
            "select count(*) from metric a cross join metric b cross join metric c cross join metric d"
                    + " cross join metric e cross join metric f cross join metric g",
            "select string_agg(repeat('x', 1000000), ',') from metric a cross join metric b cross join metric c");

    private static final List<String> H2_ONLY = List.of(
            "select next/**/value for batch_job_instance_seq",
            "select next value for batch_job_instance_seq from system_range(1, 1000000)",
            "values next value for batch_job_execution_seq",
            "select array_agg(x) from system_range(1, 200000000)",
            "select string_agg(space(1000000), '') from system_range(1, 1000000)",
            "select regexp_like('" + "a".repeat(60) + "!', '^(a|a|aa)+$')",
            "select file_write('x', '/tmp/igpt-stolen')",
            "select file_read('/etc/passwd')",
            "select * from csvread('/etc/passwd')",
            "select * from link_schema('a', '', 'jdbc:h2:mem:x', 'sa', '', 'public')",
            "select abort_session(1), cancel_session(1)",
            "select lock_mode()",
            "select rand(), memory_used() from system_range(1, 100000000)");

    private static final List<String> POSTGRES_ONLY = List.of(
            "select pg_advisory_lock(hashtextextended('igpt.' || current_schema(), 2))",
            "select pg_try_advisory_xact_lock(hashtextextended('igpt.' || current_schema(), 2))",
            "select pg_advisory_lock_shared(x) from generate_series(1, 100000000) x",
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()",
            "select (select pg_cancel_backend(pid)) from pg_locks where pid <> pg_backend_pid()",
            "select * from pg_stat_activity a, lateral pg_terminate_backend(a.pid) where a.pid <> pg_backend_pid()",
            "select 1 where pg_terminate_backend(1)",
            "select U&\"pg\\005fsleep\"(60)",
            "select /* */ pg_catalog . pg_sleep /* */ ( 60 )",
            "select set_config('transaction_read_only', 'off', false), nextval('batch_job_instance_seq')",
            "select set_config('statement_timeout', '0', false), pg_sleep(60)",
            "select setval('batch_job_instance_seq', 1000)",
            "select lo_create(0)",
            "select query_to_xml('select pg_sleep(60)', true, true, '')",
            "select pg_notify('a', 'b')",
            "select pg_read_file('/etc/passwd')",
            "select pg_logical_emit_message(true, 'a', repeat('x', 1000000))",
            "select array_agg(x) from generate_series(1, 200000000) x",
            "select count(*) from generate_series(1, 200000000) a, generate_series(1, 200000000) b",
            "select * from generate_series(1, 2000000000) x",
            "declare c cursor for select 1",
            "copy metric to '/tmp/igpt-stolen'",
            "do $$ begin perform pg_sleep(60); end $$",
            "set role postgres",
            "table metric for share");

    private final TestDatabase place;

    HostileQueryTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void theRunThatIsAtWorkNoticesNoneOfThem() throws Exception {
        place.database(); // and its tables
        place.closeDatabase();
        var url = place.settings().url() == null ? "" : place.settings().url();
        try (var job = OtherJvm.start(JobAtWork.class, place.folder().toString(), url)) {
            long before = number(job.awaitLine("committed"));
            var queries = new ArrayList<>(BOTH);
            queries.addAll(url.isEmpty() ? H2_ONLY : POSTGRES_ONLY);
            var said = ask(queries, url);

            assertThat(said).hasSameSizeAs(queries);
            for (int query = 0; query < queries.size(); query++) {
                assertThat(said.get(query))
                        .as(queries.get(query))
                        .matches("(answered with|refused:) .{1,300}")
                        .doesNotContain("Exception");
            }
            long during = before;
            for (int line = 0; line < 50; line++) {
                during = number(job.awaitLine("committed"));
            }
            assertThat(during).isGreaterThan(before);
            job.kill();
        }
        assertThat(place.jdbc()
                        .sql("select nextval('batch_job_instance_seq')")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(new RunHistory(place.database()).run(1).orElseThrow().attempts())
                .hasSize(1);
    }

    /** On H2, numbers and locks are those of the copy that is asked. */
    @Test
    void whatIsHarmfulIsRefused() throws Exception {
        place.database();
        place.closeDatabase();
        var url = place.settings().url() == null ? "" : place.settings().url();
        var queries = url.isEmpty()
                ? List.of(
                        "select repeat('x', 1000000000)",
                        "select array_agg(x) from system_range(1, 200000000)",
                        "select file_read('/etc/passwd')")
                : List.of(
                        "select nextval('batch_job_instance_seq')",
                        "select * from metric for update",
                        "select pg_advisory_lock(7)",
                        "select 1 where pg_terminate_backend(1)",
                        "select U&\"pg\\005fsleep\"(60)",
                        "select query_to_xml('select 1', true, true, '')");
        assertThat(ask(queries, url)).allMatch(line -> line.startsWith("refused: "), "refused");
        assertThat(ask(
                        List.of("select " + (url.isEmpty() ? "rand" : "random")
                                + "() as a, count(*) as a from run_history"),
                        url))
                .containsExactly("answered with 1");
    }

    private List<String> ask(List<String> queries, String url) throws IOException, InterruptedException {
        var file = Files.write(place.folder().resolve("queries.txt"), queries);
        try (var asker =
                OtherJvm.start(List.of("-Xmx96m"), Asker.class, place.folder().toString(), url, file.toString())) {
            return asker.linesUntil("asked all").stream()
                    .filter(line -> line.startsWith("answered with") || line.startsWith("refused:"))
                    .toList(); // the rest is the database's own log
        }
    }

    private static long number(String committed) {
        return Long.parseLong(committed.substring("committed ".length()));
    }
}
