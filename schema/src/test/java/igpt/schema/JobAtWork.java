package igpt.schema;

import igpt.schema.artifact.Artifacts;
import igpt.schema.artifact.Metric;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.Provenance;
import igpt.schema.artifact.model.Checkpoint;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A process that works on run 1 and commits a checkpoint and its metric at a time until it is killed. Arguments: runs folder, URL or "". */
public final class JobAtWork {

    private JobAtWork() {}

    public static void main(String[] arguments) throws Exception {
        var runs = Path.of(arguments[0]);
        var url = arguments[1].isEmpty() ? null : arguments[1];
        try (var database = Database.forJob(new DatabaseSettings(runs, url, null, null))) {
            var jdbc = database.jdbc();
            var lock = database.lock(1);
            var execution = TestDatabase.attempt(jdbc, 1, "pretrain");
            var provenance = new Provenance("p", "c", 42, "17", "2.18", "cpu", "");
            var model =
                    new Artifacts(jdbc).begin(Kinds.MODEL, "nano", "m1", execution, "1/model", provenance, List.of());
            System.out.println("at work on run " + lock.run());
            lock.onLoss(reason -> {
                System.out.println("lost: " + reason.getMessage());
                Runtime.getRuntime().halt(1);
            });
            var together = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
            for (long iteration = 1; ; iteration++) {
                var loss = 1.0 / iteration;
                var metric = new Metric(model.id(), iteration, "train_nats", loss);
                var file = "checkpoint-" + iteration;
                AtomicFiles.write(runs.resolve(file), path -> Files.writeString(path, "weights"));
                var checkpoint =
                        new Checkpoint(model.id(), iteration, file, Checksums.sha256(runs.resolve(file)), loss, null);
                together.executeWithoutResult(transaction -> {
                    new Checkpoints(jdbc).add(checkpoint);
                    new Metrics(jdbc).addAll(List.of(metric));
                });
                System.out.println("committed " + iteration);
                Thread.sleep(5);
            }
        }
    }
}
