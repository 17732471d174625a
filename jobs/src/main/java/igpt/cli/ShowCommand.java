package igpt.cli;

import igpt.config.UsageException;
import igpt.console.Durations;
import igpt.console.Table;
import igpt.recipe.RunContext;
import igpt.schema.run.Run;
import igpt.schema.run.RunDetails;
import igpt.schema.run.RunHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "All about one run: attempts, steps, child runs, parameters, artifacts, checkpoints, metrics, probes.")
final class ShowCommand implements Callable<Integer> {
    private static final int SKIPPED_SHOWN = 20; // to people

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "RUN", description = "Its number.")
    private long run;

    @Mixin
    private FormatOption output = new FormatOption();

    @Mixin
    private TableOption only = new TableOption();

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var database = session.database()) {
            var details = new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run));
            boolean people = output.format == Format.TABLE;
            if (people && only.table == null) head(details.newest());
            only.print(sections(details, people), output.format, session);
        }
        return 0;
    }

    private void head(Run newest) {
        var folder = RunContext.folder(session.project().runs(), newest.run(), newest.job());
        session.out().println("run " + newest.run() + " " + newest.job() + " " + newest.status());
        if (newest.exitMessage() != null && !newest.exitMessage().isBlank()) {
            session.out().println("reason: " + firstLine(newest.exitMessage()));
        }
        if (newest.parent() != null) session.out().println("part of: run " + newest.parent());
        session.out().println("folder: " + folder);
        session.out().println();
    }

    private Table skipped(RunDetails details) {
        var table = Table.of("skipped", "reason");
        int shown = output.format == Format.TABLE ? SKIPPED_SHOWN : Integer.MAX_VALUE;
        details.skipped().stream().limit(shown).forEach(s -> table.row(s.source(), s.reason()));
        if (details.skipped().size() > shown) {
            table.row(
                    "… %,d more".formatted(details.skipped().size() - shown),
                    "./igpt query \"select source, reason from skipped_images where run = " + run + "\"");
        }
        return table;
    }

    /** For people durations are in words and reasons of one line; programs get the names and values of the views. */
    private Map<String, Table> sections(RunDetails details, boolean people) {
        var sections = new LinkedHashMap<String, Table>();
        sections.put("attempts", people ? attempts(details.attempts()) : RunsCommand.whole(details.attempts()));
        sections.put("steps", people ? steps(details) : wholeSteps(details));
        var children = Table.of("run", "job", "status", "purpose");
        details.children().forEach(c -> children.row(c.run(), c.job(), c.status(), c.purpose()));
        sections.put("children", children);
        var parameters = Table.of("parameter", "value", "identifying");
        details.parameters().forEach(p -> parameters.row(p.name(), p.value(), p.identifying()));
        sections.put("parameters", parameters);
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
        var findings = Table.of("finding", "what", "files");
        details.findings().forEach(f -> findings.row(f.kind().name().toLowerCase(Locale.ROOT), f.what(), f.files()));
        sections.put("findings", findings);
        sections.put("skipped", skipped(details));
        var checkpoints = Table.of("iteration", "train_nats", "validation_nats", "path");
        details.checkpoints().forEach(c -> checkpoints.row(c.iteration(), c.trainNats(), c.validationNats(), c.path()));
        sections.put("checkpoints", checkpoints);
        var metrics = Table.of("metric", "iteration", "value");
        details.metrics().forEach(m -> metrics.row(m.name(), m.iteration(), m.value()));
        sections.put("metrics", metrics);
        var probes = Table.of(
                "network",
                "layer",
                "solver",
                "l2",
                "learning_rate",
                "validation_accuracy",
                "test_accuracy",
                "converged",
                "best",
                "protocol");
        details.probes()
                .forEach(p -> probes.row(
                        p.network(),
                        p.layer(),
                        p.solver(),
                        p.l2(),
                        p.learningRate(),
                        p.validationAccuracy(),
                        p.testAccuracy(),
                        p.converged(),
                        p.best(),
                        p.protocol()));
        sections.put("probes", probes);
        return sections;
    }

    private static Table attempts(List<Run> attempts) {
        var table = Table.of("attempt", "status", "step", "progress", "started", "ended", "took", "reason");
        attempts.forEach(a -> table.row(
                a.attempt(),
                a.status(),
                a.step(),
                a.progress(),
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
