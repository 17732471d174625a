package igpt.cli;

import igpt.config.ParameterSpec;
import igpt.config.Preset;
import igpt.console.Table;
import igpt.launch.JobDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "jobs", description = "List the jobs, or one job's steps and parameters.")
final class JobsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One job.")
    private @Nullable String name;

    @Mixin
    private FormatOption output = new FormatOption();

    @Mixin
    private TableOption only = new TableOption();

    JobsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (name == null) {
            all();
        } else {
            one(session.catalogue().named(name));
        }
        return 0;
    }

    private void all() {
        var table = Table.ofProse("job", "summary", "presets");
        for (var job : session.catalogue().jobs()) {
            var presets = session.project().config().presetsOf(job.name()).stream()
                    .map(Preset::name)
                    .toList();
            table.row(job.name(), job.summary(), String.join(", ", presets));
        }
        output.format.print(table, session);
    }

    private void one(JobDefinition job) {
        var steps = Table.ofProse("step", "summary");
        job.steps().forEach(step -> steps.row(step.name(), step.summary()));
        var presets = Table.ofProse("preset", "description");
        session.project()
                .config()
                .presetsOf(job.name())
                .forEach(preset -> presets.row(preset.name(), preset.description()));
        var sections = new LinkedHashMap<String, Table>();
        sections.put("steps", steps);
        job.parameters()
                .variants()
                .forEach((choice, specs) -> sections.put(
                        choice.isEmpty() ? "parameters" : "parameters_with_" + choice.replaceAll("\\W+", "_"),
                        parameters(specs, output.format == Format.TABLE)));
        sections.put("presets", presets);
        boolean people = output.format == Format.TABLE && only.table == null;
        if (people) {
            session.out().println(job.name() + ": " + job.summary());
            session.out().println();
        }
        only.print(sections, output.format, session);
        if (people) {
            session.out().println();
            session.out().println("* does not change the results, so a run can be resumed under another value");
            session.out().println("→ names what the run begins with; what it stood for is part of the run");
        }
    }

    private static Table parameters(Collection<ParameterSpec> specs, boolean people) {
        var parameters = people
                ? Table.ofProse("parameter", "default", "allowed", "description")
                : Table.ofProse("parameter", "default", "allowed", "description", "identifying", "input");
        for (var spec : specs) {
            var standard = spec.defaultValue().isEmpty() ? null : spec.defaultValue();
            if (people) {
                standard = spec.optional() && standard == null ? "none" : standard;
                parameters.row(spec.name() + mark(spec), standard, spec.allowed(), spec.help());
            } else {
                parameters.row(spec.name(), standard, spec.allowed(), spec.help(), spec.identifying(), spec.input());
            }
        }
        return parameters;
    }

    private static String mark(ParameterSpec spec) {
        return spec.input() ? " →" : spec.identifying() ? "" : " *";
    }
}
