package igpt.cli;

import igpt.config.UsageException;
import igpt.console.AskedFor;
import igpt.console.Table;
import igpt.forecast.Durations;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.report.ChangedParameters;
import igpt.schema.run.Run;
import igpt.schema.run.RunDetails;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "All about one run: its results, then attempts, steps, child runs, artifacts and parameters.",
            "",
            "Of the parameters, those that are not at their defaults. Accuracies are shares of 1."
        })
final class ShowCommand implements Callable<Integer> {
    private static final int SHOWN = 20; // to people, of a table that may be very long

    private static final String PARAMETERS = "parameters";

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN", description = "Its number.")
    private long run;

    @Option(names = "--all", description = "All parameters, also those at their defaults.")
    private boolean all;

    @Mixin
    private FormatOption output = new FormatOption();

    @Mixin
    private TableOption only = new TableOption();

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean people = output.format == Format.TABLE;
        var shown = session.ask(database -> {
            var details = new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run));
            return new Shown(details, sections(details, database.jdbc(), people));
        });
        if (people && only.table == null) {
            head(shown.details);
        }
        only.print(shown.sections, output.format, session);
        if (people && only.table == null && !all) {
            boolean changed = !Objects.requireNonNull(shown.sections.get(PARAMETERS))
                    .rows()
                    .isEmpty();
            session.out().println();
            session.out()
                    .println((changed ? "all other parameters are" : "all parameters are")
                            + " at their defaults: ./igpt show " + run + " --all");
        }
        return 0;
    }

    private record Shown(RunDetails details, Map<String, Table> sections) {}

    private void head(RunDetails details) {
        var newest = details.newest();
        var folder = RunContext.folder(session.project().runs(), newest.run(), newest.job());
        session.out().println("run " + newest.run() + " " + newest.job() + " " + newest.status());
        if (newest.exitMessage() != null && !newest.exitMessage().isBlank()) {
            session.out().println("reason: " + firstLine(newest.exitMessage()));
        }
        if (newest.parent() != null) {
            session.out().println("part of: run " + newest.parent());
        }
        details.parameters().stream()
                .filter(parameter -> parameter.name().equals(AskedFor.EXPERIMENTS))
                .forEach(asked -> session.out().println(AskedFor.line(asked.value())));
        session.out().println("folder: " + folder);
        session.out().println();
    }

    /** What the recipes tell of what the run has made, that of the last stage first. */
    private List<ResultTable> results(RunDetails details, JdbcClient jdbc) {
        var results = new LinkedHashMap<String, ResultTable>();
        for (var recipe : session.catalogue().recipes()) {
            recipe.results(jdbc, recipe.among(details.artifacts()))
                    .forEach(table -> results.merge(table.name(), table, ResultTable::and));
        }
        var last = new ArrayList<>(results.values());
        Collections.reverse(last);
        return last;
    }

    private static Table table(ResultTable result, boolean people) {
        var table = Table.of(result.columns().toArray(String[]::new));
        int shown = people && !result.all().isEmpty() ? SHOWN : Integer.MAX_VALUE;
        result.rows().stream().limit(shown).forEach(row -> table.row(row.toArray()));
        if (result.rows().size() > shown) {
            table.row("… %,d more".formatted(result.rows().size() - shown), result.all());
        }
        return table;
    }

    /**
     * Results first, how they came about last. For people durations are in words and reasons of one line; programs get the
     * names and values of the views.
     */
    private Map<String, Table> sections(RunDetails details, JdbcClient jdbc, boolean people) {
        var sections = new LinkedHashMap<String, Table>();
        var results = results(details, jdbc);
        results.stream().filter(table -> !table.detail()).forEach(one -> sections.put(one.name(), table(one, people)));
        sections.put("attempts", people ? attempts(details.attempts()) : RunsCommand.whole(details.attempts()));
        sections.put("steps", people ? steps(details) : wholeSteps(details));
        var children = Table.of("run", "job", "status", "purpose");
        details.children().forEach(c -> children.row(c.run(), c.job(), c.status(), c.purpose()));
        sections.put("children", children);
        var artifacts =
                Table.of("artifact", "kind", "name", "path", "created", "completed", "git_commit", "fingerprint");
        details.artifacts()
                .forEach(a -> artifacts.row(
                        a.id(),
                        a.kind().name(),
                        a.name(),
                        a.path(),
                        a.createdAt(),
                        a.completedAt(),
                        a.provenance().gitCommit(),
                        a.fingerprint()));
        sections.put("artifacts", artifacts);
        results.stream().filter(ResultTable::detail).forEach(one -> sections.put(one.name(), table(one, people)));
        sections.put(PARAMETERS, people && !all ? changed(details) : parameters(details));
        return sections;
    }

    private static Table parameters(RunDetails details) {
        var table = Table.of("parameter", "value", "identifying");
        details.parameters().forEach(p -> table.row(p.name(), p.value(), p.identifying()));
        return table;
    }

    private Table changed(RunDetails details) {
        var table = Table.of("parameter", "value", "default");
        ChangedParameters.of(session.catalogue(), details.newest().job(), details.parameters())
                .forEach(one -> table.row(one.name(), one.value(), one.byDefault()));
        return table;
    }

    private static Table attempts(List<Run> attempts) {
        var table = Table.of("attempt", "status", "step", "progress", "started", "ended", "took", "reason");
        attempts.forEach(a -> table.row(
                a.attempt(),
                a.silent() ? a.status() + ", silent" : a.status(),
                a.step(),
                RunsCommand.progress(a),
                a.started(),
                a.ended(),
                Durations.words(a.seconds()),
                firstLine(a.exitMessage())));
        return table;
    }

    private static Table steps(RunDetails details) {
        var table = Table.of("attempt", "step", "status", "progress", "started", "took", "commits");
        details.steps()
                .forEach(s -> table.row(
                        s.attempt(),
                        s.step(),
                        s.status(),
                        s.progress(),
                        s.started(),
                        Durations.words(s.seconds()),
                        s.commits()));
        return table;
    }

    private static Table wholeSteps(RunDetails details) {
        var table = Table.of(
                "attempt", "step", "status", "progress", "started", "ended", "seconds", "commits", "exit_message");
        details.steps()
                .forEach(s -> table.row(
                        s.attempt(),
                        s.step(),
                        s.status(),
                        s.progress(),
                        s.started(),
                        s.ended(),
                        s.seconds(),
                        s.commits(),
                        s.exitMessage()));
        return table;
    }

    private static @Nullable String firstLine(@Nullable String text) {
        return text == null ? null : text.lines().findFirst().orElse(null);
    }
}
