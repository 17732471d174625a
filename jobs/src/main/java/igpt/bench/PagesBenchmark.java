package igpt.bench;

import igpt.config.Project;
import igpt.schema.curve.Curves;
import igpt.schema.db.Asking;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.schema.run.ManyRuns;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.util.FileSystemUtils;

/** What the page and the commands ask of a database with years of work in it, while nobody writes to it. */
final class PagesBenchmark implements Benchmark {
    private static final int A_PAGE = 50;

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public String summary() {
        return "lists, runs and curves of a database that is filled first, and igpt runs and show on it";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var runs = Files.createTempDirectory("igpt-bench");
        try {
            Files.createDirectory(runs.resolve("config"));
            var url = parameters.database().isEmpty() ? null : parameters.database();
            var settings = new DatabaseSettings(runs, url, null, null);
            try (var database = Database.forJob(settings)) {
                new ManyRuns(parameters.runs(), parameters.points()).fill(database, settings);
            }
            var shape = "%,d runs, %,d points%s"
                    .formatted(parameters.runs(), parameters.points(), url == null ? "" : ", PostgreSQL");
            var readings = new ArrayList<Reading>();
            try (var asking = new Asking(settings)) {
                long middle = parameters.runs() / 2 + 1;
                var all = new Asked(asking, shape, parameters.repeat(), readings);
                all.ask("list of " + A_PAGE, database -> new RunHistory(database)
                        .runs(new RunFilter(null, null, null, A_PAGE)));
                all.ask("list by a parameter that none has", database -> new RunHistory(database)
                        .runs(new RunFilter(null, null, null, A_PAGE, null, "nowhere", null)));
                all.ask("run", database -> new RunHistory(database).run(middle));
                all.ask("curve of an average run", database -> new Curves(database.jdbc()).of(middle, -1));
                all.ask("curve of a twentieth of all points", database -> new Curves(database.jdbc()).of(1, -1));
            }
            for (var command : new String[][] {{"runs"}, {"show", "1"}}) {
                var took = Samples.seconds(1, parameters.repeat(), () -> StartupBenchmark.startOn(
                                project, runs, parameters.database(), command)
                        .onExit()
                        .join());
                readings.add(
                        new Reading(name(), shape, "igpt " + String.join(" ", command), took.map(s -> 1e3 * s), "ms"));
            }
            return readings;
        } finally {
            FileSystemUtils.deleteRecursively(runs);
        }
    }

    private record Asked(Asking asking, String shape, int repeat, List<Reading> readings) {
        /** With the database opened again, as after a commit. */
        void ask(String what, Function<Database, Object> question) throws Exception {
            var took = Samples.seconds(3, repeat, () -> {
                asking.close();
                asking.ask(question);
            });
            readings.add(new Reading("pages", shape, what, took.map(seconds -> 1e3 * seconds), "ms"));
        }
    }
}
