package igpt.bench;

import igpt.config.Project;
import igpt.device.Gpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The program itself, started as a user would: what it takes to answer, and to the first line of a run. */
final class StartupBenchmark implements Benchmark {
    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String summary() {
        return "igpt runs, and igpt run to its first line";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var runs = Files.createTempDirectory("igpt-bench");
        try {
            Files.createDirectory(runs.resolve("config"));
            var first = Samples.of(firstLines(project, runs, parameters.repeat()));
            var answered = Samples.seconds(1, parameters.repeat(), () -> start(project, runs, "runs")
                    .onExit()
                    .join());
            return List.of(
                    new Reading(name(), "igpt run prepare", "to the first line", first, "s"),
                    new Reading(name(), "igpt runs", "to the end", answered, "s"));
        } finally {
            FileSystemUtils.deleteRecursively(runs);
        }
    }

    /** Seconds of each; the process is awaited, since it has the database. */
    private static double[] firstLines(Project project, Path runs, int repeat) throws IOException {
        var seconds = new double[repeat];
        for (int i = -1; i < repeat; i++) {
            long began = System.nanoTime();
            var process = start(project, runs, "run", "prepare", "images=20", "resolution=4", "colours=4", "seed=" + i);
            try (var lines = process.inputReader()) {
                var line = lines.readLine();
                double took = (System.nanoTime() - began) / 1e9;
                if (i >= 0) {
                    seconds[i] = took;
                }
                while (line != null) {
                    line = lines.readLine();
                }
            }
            if (process.onExit().join().exitValue() != 0) {
                throw new IOException("igpt run prepare ended with code " + process.exitValue());
            }
        }
        return seconds;
    }

    private static Process start(Project project, Path runs, String... arguments) throws IOException {
        return startOn(project, runs, "", arguments);
    }

    /** @param database the URL of PostgreSQL; empty: the embedded one */
    static Process startOn(Project project, Path runs, String database, String... arguments) throws IOException {
        var command = new ArrayList<>(program(project));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        var here = runs.toString(); // as home too: its config names no other database
        builder.environment().putAll(Map.of("IGPT_HOME", here, "IGPT_RUNS", here, "IGPT_BUILT", "1"));
        builder.environment().remove("IGPT_DATABASE_URL");
        if (!database.isEmpty()) {
            builder.environment().put("IGPT_DATABASE_URL", database);
        }
        return builder.start();
    }

    /** The script in the project's folder; without, Java with this process's classes. */
    private static List<String> program(Project project) {
        var script = project.home().resolve("igpt");
        if (Files.isExecutable(script)) {
            return Gpus.built() ? List.of(script.toString(), "--gpu") : List.of(script.toString());
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return List.of(java, "-cp", classes, "igpt.cli.Main");
    }
}
