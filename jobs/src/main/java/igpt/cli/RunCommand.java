package igpt.cli;

import igpt.config.ParameterSet;
import igpt.config.Settings;
import igpt.console.AskedFor;
import igpt.console.Table;
import igpt.launch.JobDefinition;
import igpt.launch.RunRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Start a job, or resume the run of the same parameters if it is not complete.",
            "",
            "Example: igpt run pretrain model=nano iterations=300"
        })
final class RunCommand implements Callable<Integer> {
    private static final String PRESET = "preset";
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "JOB", description = "See igpt jobs.")
    private String job = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "name=value",
            description = "Parameters (see igpt jobs JOB); preset=NAME takes those of config/presets/NAME.yml first.")
    private List<String> settings = List.of();

    @Option(names = "--again", description = "Start again, even if there is such a run already.")
    private boolean again;

    @Option(
            names = "--dry-run",
            description =
                    "Say what would be done and what it would take, without doing it; may train for up to a minute to"
                            + " measure.")
    private boolean dryRun;

    @Option(
            names = "--page",
            arity = "0..1",
            paramLabel = "PORT",
            preprocessor = PageCommand.Port.class,
            description = "Show it on a page for the browser meanwhile, at this port (default: 8080).")
    private int page = PageCommand.NONE;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.catalogue().named(job); // before anything else is looked at
        var given = Settings.parse(settings);
        var preset = given.remove(PRESET);
        var request = RunRequest.of(session.catalogue(), session.project(), job, preset, given, again);
        if (dryRun) {
            plan(request.job(), request.parameters());
            return 0;
        }
        return Launches.make(session, page, service -> service.start(request));
    }

    private void plan(JobDefinition description, ParameterSet parameters) {
        var out = session.out();
        var plan = session.dryRun().plan(description, parameters, again, out::println);
        out.println(plan.words());
        plan.finished()
                .forEach(artifact -> out.println("%s %s: unchanged since run %d"
                        .formatted(artifact.kind().word(), artifact.name(), artifact.run())));
        if (parameters.has(AskedFor.EXPERIMENTS)) {
            out.println(AskedFor.line(parameters.get(AskedFor.EXPERIMENTS)));
        }
        if (!plan.complete()) {
            session.dryRun().forecast(description, parameters, again).forEach(out::println);
        }
        var steps = Table.of("step", "what it does", "so far");
        plan.steps().forEach(step -> steps.row(step.name(), step.summary(), plan.soFar(step.name())));
        var table = Table.of("parameter", "value");
        parameters.toMap().forEach((name, value) -> table.row(name, value));
        var sections = new LinkedHashMap<String, Table>();
        sections.put("steps", steps);
        sections.put("parameters", table);
        out.println();
        Format.TABLE.print(sections, session);
    }
}
