package igpt.schema.run;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Years of work in a database of its own, to measure how fast that answers: runs with their attempts, steps, parameters, models and curves, made up by the
 * database itself. The first run's curve has a twentieth of all points.
 *
 * @param runs each has one attempt; every tenth has failed once before
 * @param points of all curves
 */
public record ManyRuns(int runs, long points) {
    private static final int PARAMETERS = 30; // of a pretrain

    public void fill(Database database, DatabaseSettings settings) {
        var jdbc = database.jdbc();
        var numbers = settings.url() == null
                ? "system_range(%s, %s) s(n)"
                : "generate_series(cast(%s as bigint), cast(%s as bigint)) s(n)";
        runs(jdbc, numbers);
        curves(jdbc, numbers);
        if (settings.url() != null) {
            jdbc.sql("analyze").update();
        }
    }

    private void runs(JdbcClient jdbc, String numbers) {
        var each = numbers.formatted(1, runs);
        var jobs = "case when mod(n, 5) = 0 then 'probe' when mod(n, 7) = 0 then 'sample' else 'pretrain' end";
        sql(jdbc, "insert into batch_job_instance select n, 0, " + jobs + ", 'key' || n from " + each);
        // The attempt of run n is 2n; the one before it, which failed, 2n - 1.
        var began = "localtimestamp - (%d - n) * interval '10' minute".formatted(runs);
        for (var attempt : new String[] {"2 * n - 1, 0, n, 'FAILED', true", "2 * n, 0, n, 'COMPLETED', false"}) {
            var part = attempt.split(", ");
            sql(
                    jdbc,
                    """
                    insert into batch_job_execution
                        (job_execution_id, version, job_instance_id, create_time, start_time, end_time, status, exit_code,
                        exit_message, last_updated)
                    select %s, 0, n, %s, %2$s, %2$s + interval '8' minute, %s, 'x', '', %2$s + interval '8' minute
                    from %s %s
                    """
                            .formatted(
                                    part[0],
                                    began,
                                    part[3],
                                    each,
                                    part[4].equals("true") ? "where mod(n, 10) = 0" : ""));
        }
        sql(
                jdbc,
                """
                insert into batch_job_execution_params
                select e.job_execution_id, 'parameter_' || n, 'java.lang.String', 'value ' || n, 'Y'
                from batch_job_execution e, %s
                """
                        .formatted(numbers.formatted(1, PARAMETERS)));
        sql(
                jdbc,
                """
                insert into batch_step_execution
                    (step_execution_id, version, step_name, job_execution_id, create_time, start_time, end_time, status,
                    commit_count, read_count, filter_count, write_count, read_skip_count, write_skip_count,
                    process_skip_count, rollback_count, exit_code, exit_message, last_updated)
                select e.job_execution_id * 10 + n, 0, case when n = 1 then 'train' else 'step' || n end, e.job_execution_id,
                    e.start_time, e.start_time, e.end_time, e.status, 1, 0, 0, 0, 0, 0, 0, 0, 'x', '', e.end_time
                from batch_job_execution e, %s
                """
                        .formatted(numbers.formatted(1, 4)));
        sql(
                jdbc,
                """
                insert into batch_step_execution_context
                select step_execution_id, '{}', null from batch_step_execution
                """);
        sql(
                jdbc,
                """
                insert into batch_job_execution_context select job_execution_id, '{}', null from batch_job_execution
                """);
        sql(
                jdbc,
                """
                insert into progress (job_execution_id, step, done, total, unit, updated_at)
                select job_execution_id, 'train', 900, 900, 'iterations', end_time from batch_job_execution
                """);
        sql(
                jdbc,
                """
                insert into artifact (artifact_id, kind, name, fingerprint, job_execution_id, path, created_at, completed_at,
                    parameters_hash, git_commit, seed, jvm, tensorflow, device)
                select n, 'MODEL', 'model' || n, 'print' || n, 2 * n, n || '-pretrain/model', %s, %1$s, '', '', 1, '', '', ''
                from %s
                """
                        .formatted(began, each));
        sql(
                jdbc,
                "insert into artifact_input select n, n - 1 from " + numbers.formatted(2, runs)
                        + " where mod(n, 50) <> 0");
        sql(
                jdbc,
                """
                insert into checkpoint (model_id, iteration, path, sha256, train_nats, validation_nats, saved_at)
                select n, 900, n || '/900', '%s', 3.5, 3.6, localtimestamp from %s
                """
                        .formatted("0".repeat(64), each));
        for (var sequence :
                new String[] {"batch_job_instance_seq", "batch_job_execution_seq", "batch_step_execution_seq"}) {
            long next = 1
                    + (sequence.contains("step") ? 20L * runs + 10 : sequence.contains("instance") ? runs : 2L * runs);
            sql(jdbc, "alter sequence " + sequence + " restart with " + next);
        }
    }

    private void curves(JdbcClient jdbc, String numbers) {
        long first = Math.max(points / 20, 1);
        long each = Math.max((points - first) / Math.max(runs - 1, 1), 1);
        var value = "3 + 3 / (1 + n / 100.0) + mod(n * 7919, 101) / 200.0";
        sql(jdbc, curve("1", value, numbers.formatted(1, first)));
        for (int from = 2; from <= runs; from += 500) { // a transaction each, so that none is too large
            int to = Math.min(from + 499, runs);
            sql(
                    jdbc,
                    """
                    insert into metric
                    select a.artifact_id, 'train_nats', n, %s from artifact a, %s where a.artifact_id between %d and %d
                    """
                            .formatted(value, numbers.formatted(1, each), from, to));
        }
    }

    private static String curve(String artifact, String value, String numbers) {
        return "insert into metric select %s, 'train_nats', n, %s from %s".formatted(artifact, value, numbers);
    }

    private static void sql(JdbcClient jdbc, String statement) {
        jdbc.sql(statement).update();
    }
}
