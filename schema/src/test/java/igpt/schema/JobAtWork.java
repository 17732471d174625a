package igpt.schema;

import java.nio.file.Path;
import java.util.List;

/** A process that works on run 1 and commits a metric at a time until it is killed. Arguments: runs folder, URL or "". */
final class JobAtWork {

    private JobAtWork() {}

    public static void main(String[] arguments) throws InterruptedException {
        var url = arguments[1].isEmpty() ? null : arguments[1];
        try (var database = Database.forJob(new DatabaseSettings(Path.of(arguments[0]), url, null, null))) {
            var jdbc = database.jdbc();
            var lock = database.lock(1);
            var execution = TestDatabase.attempt(jdbc, 1, "pretrain");
            var provenance = new Provenance("p", "c", 42, "17", "2.18", "cpu");
            var model = new Artifacts(jdbc)
                    .begin(Artifact.Kind.MODEL, "nano", "m1", execution, "1/model", provenance, List.of());
            System.out.println("at work on run " + lock.run());
            for (long iteration = 1; ; iteration++) {
                new Metrics(jdbc).addAll(List.of(new Metric(model.id(), iteration, "train_nats", 1.0 / iteration)));
                System.out.println("committed " + iteration);
                Thread.sleep(5);
            }
        }
    }
}
