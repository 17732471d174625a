package igpt.schema;

import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Named;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An empty database of one test's own. */
final class TestDatabase implements AutoCloseable {

    interface Opener {
        TestDatabase open();
    }

    private final SingleConnectionDataSource source;

    private TestDatabase(String url, String vendor) {
        source = new SingleConnectionDataSource(url, true);
        Flyway.configure()
                .dataSource(source)
                .locations("db/migration/" + vendor, "db/migration/common")
                .load()
                .migrate();
    }

    static Stream<Named<Opener>> each() {
        return Stream.of(Named.of("H2", () -> new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "h2")));
    }

    JdbcClient jdbc() {
        return JdbcClient.create(source);
    }

    /** A new attempt at a run, as Spring Batch would write it. */
    long attempt(long run, String job) {
        if (jdbc().sql("select 1 from batch_job_instance where job_instance_id = ?")
                .params(run)
                .query(Long.class)
                .list()
                .isEmpty()) {
            jdbc().sql("insert into batch_job_instance values (?, 0, ?, ?)")
                    .params(run, job, "key" + run)
                    .update();
        }
        var id = jdbc().sql("select nextval('batch_job_execution_seq')")
                .query(Long.class)
                .single();
        jdbc().sql(
                        "insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, status) values (?, 0, ?, localtimestamp, 'STARTED')")
                .params(id, run)
                .update();
        return id;
    }

    @Override
    public void close() {
        source.destroy();
    }
}
