package igpt.bench;

import igpt.config.Nearest;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.schema.run.BenchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All benchmarks, and the machine's ceilings. */
public final class Bench {
    private static final List<Benchmark> ALL = List.of(
            new TrainBenchmark(), // first: the most memory that the process ever had is its own
            new FeedBenchmark(),
            new SampleBenchmark(),
            new PrepareBenchmark(),
            new PaletteBenchmark(),
            new QuantizeBenchmark(),
            new ProbeBenchmark(),
            new StartupBenchmark(),
            new PagesBenchmark());

    private Bench() {}

    /** The benchmarks by name, with a few words each. */
    public static List<String> names() {
        return ALL.stream().map(Benchmark::name).toList();
    }

    public static List<String> summaries() {
        return ALL.stream().map(Benchmark::summary).toList();
    }

    /** @throws UsageException naming the nearest, if there is none of that name */
    public static void check(String name) {
        if (!names().contains(name)) {
            throw new UsageException("unknown benchmark '" + name + "'" + Nearest.hint(name, names()));
        }
    }

    /**
     * Measures. The ceilings come last, so that what they take is not in the program's peak of memory.
     *
     * @param name of the benchmark; null: all
     * @param say is told what is measured now
     */
    public static List<BenchResult> run(
            @Nullable String name, BenchParameters parameters, Project project, Consumer<String> say) throws Exception {
        var readings = new ArrayList<Reading>();
        for (var benchmark : ALL) {
            if (name == null || benchmark.name().equals(name)) {
                say.accept(benchmark.summary());
                readings.addAll(benchmark.measure(parameters, project));
            }
        }
        say.accept("the machine's ceilings");
        var ceilings = Ceilings.measure(parameters.findDevice(), parameters.repeat());
        readings.addAll(0, ceilings.readings());
        return readings.stream().map(reading -> result(reading, ceilings)).toList();
    }

    private static BenchResult result(Reading reading, Ceilings ceilings) {
        var samples = reading.samples();
        var ceiling = reading.ceiling();
        return new BenchResult(
                reading.benchmark(),
                reading.shape(),
                reading.metric(),
                samples.median(),
                samples.lowest(),
                samples.highest(),
                samples.count(),
                reading.unit(),
                ceiling == null ? null : ceiling.toString(),
                ceiling == null ? null : samples.median() / ceilings.best(ceiling));
    }
}
