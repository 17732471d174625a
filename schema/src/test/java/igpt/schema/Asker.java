package igpt.schema;

import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.query.QueryLimits;
import igpt.schema.run.RunHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process that asks what it is told to, a query a line, as `igpt query` does. Arguments: runs folder, URL or "", file. */
final class Asker {

    private Asker() {}

    public static void main(String[] arguments) throws Exception {
        var settings =
                new DatabaseSettings(Path.of(arguments[0]), arguments[1].isEmpty() ? null : arguments[1], null, null);
        var limits = new QueryLimits(1_000, Duration.ofMillis(300));
        for (var sql : Files.readAllLines(Path.of(arguments[2]))) {
            try (var database = Database.forReading(settings)) {
                var answer = new RunHistory(database).query(sql, limits);
                System.out.println("answered with " + answer.rows().size());
            } catch (UserException refused) {
                System.out.println("refused: " + refused.getMessage());
            }
        }
        System.out.println("asked all");
    }
}
