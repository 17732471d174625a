package igpt.cli;

import igpt.batch.Build;
import igpt.bench.Bench;
import igpt.bench.BenchParameters;
import igpt.bench.Machine;
import igpt.cli.signal.SignalEnd;
import igpt.config.ParameterSchema;
import igpt.config.ParameterSet;
import igpt.config.Settings;
import igpt.console.Table;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.file.Checksums;
import igpt.schema.run.BenchResult;
import igpt.schema.run.BenchResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

@Command(
        name = "bench",
        description = {
            "Measure what this machine can do, and what the program does on it; kept in the view bench_history.",
            "",
            "Example: igpt bench train model=s layers=4 batch=4"
        })
final class BenchCommand implements Callable<Integer> {
    private static final ParameterSchema SCHEMA = ParameterSchema.of(BenchParameters.class);

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..*",
            paramLabel = "[BENCHMARK] name=value",
            description = "What to measure (else everything), and in which sizes.")
    private List<String> arguments = List.of();

    @Mixin
    private FormatOption output = new FormatOption();

    BenchCommand(Session session) {
        this.session = session;
    }

    /** What else there is to say is known only here. */
    @Spec
    void describe(CommandSpec spec) {
        var lines = new ArrayList<String>(List.of("", "Benchmarks:"));
        for (int i = 0; i < Bench.names().size(); i++) {
            lines.add("  %-12s %s"
                    .formatted(Bench.names().get(i), Bench.summaries().get(i)));
        }
        lines.addAll(List.of("", "Parameters:"));
        SCHEMA.specs()
                .forEach(p -> lines.add("  %-12s %s (%s)"
                        .formatted(p.name(), p.help(), p.defaultValue().isEmpty() ? "-" : p.defaultValue())));
        spec.usageMessage().footer(lines.toArray(String[]::new));
    }

    @Override
    public Integer call() throws Exception {
        endAtOnce();
        var settings = new ArrayList<>(arguments);
        var name = settings.isEmpty() || settings.get(0).contains("=") ? null : settings.remove(0);
        if (name != null) {
            Bench.check(name);
        }
        var parameters = SCHEMA.resolve(Map.of(), Settings.parse(settings));
        try (var database = open()) {
            var measured = Bench.run(name, parameters.as(BenchParameters.class), session.project(), this::say);
            output.format.print(table(measured), session);
            if (database != null) {
                keep(database, measured, parameters);
            }
        }
        return 0;
    }

    /** When told to stop: an orderly exit would take TensorFlow's memory away from under its threads, which crash. */
    private static void endAtOnce() {
        for (var name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), SignalEnd::of);
        }
    }

    private void say(String what) {
        if (session.console().columns() > 0) {
            session.err().println("measuring: " + what);
        }
    }

    /** As for a job, which cannot begin meanwhile and disturb; null if another process has it. */
    private @Nullable Database open() {
        try {
            return Database.forJob(session.project().database());
        } catch (UserException e) {
            session.err().println("igpt: what is measured will not be kept: " + e.getMessage());
            return null;
        }
    }

    private static void keep(Database database, List<BenchResult> measured, ParameterSet parameters) {
        var hash = Checksums.sha256OfText(parameters.toString());
        var device = parameters.as(BenchParameters.class).findDevice().name();
        var provenance = Build.ofThisProgram().provenance(hash, 0).on(device);
        new BenchResults(database.jdbc()).addAll(measured, Machine.processors(), provenance);
    }

    private static Table table(List<BenchResult> measured) {
        var table = Table.of(
                "benchmark",
                "shape",
                "metric",
                "median",
                "lowest",
                "highest",
                "samples",
                "unit",
                "ceiling",
                "ceiling_share");
        measured.forEach(m -> table.row(
                m.benchmark(),
                m.shape(),
                m.metric(),
                m.median(),
                m.lowest(),
                m.highest(),
                m.samples(),
                m.unit(),
                m.ceiling(),
                m.ceilingShare()));
        return table;
    }
}
