package igpt.report.html;

import igpt.batch.Build;
import igpt.forecast.Durations;
import igpt.launch.JobCatalogue;
import igpt.recipe.Picture;
import igpt.report.ChangedParameters;
import igpt.report.Report;
import igpt.report.chart.Diagram;
import igpt.report.chart.Figure;
import igpt.report.chart.Pictures;
import igpt.report.figure.Figures;
import igpt.report.figure.Results;
import igpt.report.html.Block.Drawn;
import igpt.report.html.Block.Grid;
import igpt.report.html.Block.Paragraph;
import igpt.report.html.Page.Section;
import igpt.schema.artifact.Artifact;
import igpt.schema.query.UserZone;
import igpt.schema.run.RunDetails;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A run as a page: what came of it, how it went, and what it was made from.
 *
 * @param shown a picture, as the page shows it
 * @param artifacts of the run and its parts, complete or not
 */
public record RunPage(
        JobCatalogue catalogue,
        JdbcClient jdbc,
        Function<Picture, Block> shown,
        RunDetails details,
        List<Artifact> artifacts,
        Report report,
        Results results,
        Figures figures) {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    public Page page() {
        var newest = details.newest();
        var first = details.attempts().get(0);
        var sections = new ArrayList<Section>();
        add(sections, "layers", "Accuracy by layer", layers());
        add(sections, "milestones", "Loss and accuracy", drawn(figures.milestones()));
        add(sections, "fine-tuning", "Fine-tuning", with(drawn(figures.objectives()), compared("table 3")));
        add(sections, "few-labels", "Few labels", with(drawn(figures.fewLabels()), compared("table 4")));
        add(sections, "learning-rates", "Learning rates", drawn(figures.rates()));
        add(sections, "pictures", "Pictures", Images.of(catalogue, jdbc, artifacts, shown));
        add(
                sections,
                "training",
                "Training",
                figures.training().stream().map(RunPage::drawn).toList());
        add(sections, "lineage", "Lineage", drawn(figures.lineage()));
        add(sections, "history", "How it went", history());
        add(sections, "parameters", "Parameters", List.of(parameters()));
        add(sections, "numbers", "All numbers", numbers());
        var build = Build.ofThisProgram();
        var lead = new Lead(jdbc, report, results, artifacts);
        return new Page(
                "Run %d: %s".formatted(newest.run(), newest.job()),
                "%s. Begun %s; %s %s at work%s."
                        .formatted(
                                status(newest.status()),
                                at(first.started()),
                                details.attempts().size() == 1
                                        ? "one attempt,"
                                        : details.attempts().size() + " attempts,",
                                Durations.words(details.attempts().stream()
                                        .mapToDouble(attempt -> attempt.seconds())
                                        .sum()),
                                newest.parent() == null ? "" : "; a part of run " + newest.parent()),
                lead.paragraphs(),
                lead.numbers(),
                sections,
                "Made by igpt %s (commit %s) on %s with ./igpt report %d --html FILE."
                        .formatted(build.version(), build.gitCommit(), at(Instant.now()), newest.run()));
    }

    private static String status(String status) {
        return status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String at(Instant time) {
        return MINUTES.format(time.atZone(UserZone.get()));
    }

    private static void add(List<Section> sections, String id, String title, List<? extends Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.add(new Section(id, title, List.copyOf(blocks)));
        }
    }

    private static List<Block> with(List<Block> blocks, List<Block> more) {
        var all = new ArrayList<>(blocks);
        all.addAll(more);
        return all;
    }

    private static List<Block> drawn(Optional<Figure> figure) {
        return figure.stream().map(RunPage::drawn).toList();
    }

    /** Boxes are as large in a narrow window as in a wide one; lines are drawn for it. */
    private static Block drawn(Figure figure) {
        var drawing = figure.drawing();
        return new Drawn(
                figure.title(),
                figure.caption(),
                figure.alternative(),
                Pictures.inline(drawing, drawing.wide(), figure.id() + "-wide"),
                drawing instanceof Diagram ? "" : Pictures.inline(drawing, drawing.narrow(), figure.id() + "-narrow"));
    }

    private List<Block> layers() {
        var blocks = new ArrayList<Block>();
        figures.layers().forEach(figure -> blocks.add(drawn(figure)));
        blocks.addAll(LayerTables.of(results));
        blocks.addAll(compared("table 1"));
        blocks.addAll(compared("table 2"));
        return blocks;
    }

    /** Ours, and the paper's of the same images. */
    private List<Block> compared(String table) {
        if (!report.has(table)) {
            return List.of();
        }
        return List.of(Comparisons.of(report, table));
    }

    private List<Block> history() {
        var blocks = new ArrayList<Block>();
        var attempts = Grids.of("attempt", "status", "last step", "progress", "began", "took", "reason");
        details.attempts()
                .forEach(a -> attempts.row(
                        a.attempt(),
                        a.status(),
                        a.step(),
                        a.progress(),
                        a.started(),
                        Durations.words(a.seconds()),
                        firstLine(a.exitMessage())));
        blocks.add(attempts.captioned("Attempts: one process's try at the run each"));
        var steps = Grids.of("attempt", "step", "status", "progress", "began", "took");
        details.steps()
                .forEach(s -> steps.row(
                        s.attempt(), s.step(), s.status(), s.progress(), s.started(), Durations.words(s.seconds())));
        if (!steps.isEmpty()) {
            blocks.add(steps.captioned("Steps, in the order in which they began"));
        }
        var parts = Grids.of("run", "job", "status", "what for");
        details.children().forEach(part -> parts.row(part.run(), part.job(), part.status(), part.purpose()));
        if (!parts.isEmpty()) {
            blocks.add(parts.captioned("Runs that it launched as parts of itself"));
        }
        return blocks;
    }

    private Block parameters() {
        var changed = Grids.of("parameter", "value", "default");
        ChangedParameters.of(catalogue, details.newest().job(), details.parameters())
                .forEach(one -> changed.row(one.name(), text(one.value()), text(one.byDefault())));
        return changed.isEmpty()
                ? new Paragraph("All parameters had their defaults.")
                : changed.captioned("Parameters that are not at their default; ./igpt show %d --all lists all"
                        .formatted(details.newest().run()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "–" : value.isEmpty() ? "(empty)" : value;
    }

    /** What {@code show} prints of each artifact, to be unfolded. */
    private List<Block> numbers() {
        var blocks = new ArrayList<Block>();
        for (var recipe : catalogue.recipes()) {
            var own = recipe.among(artifacts);
            if (own.isEmpty()) {
                continue;
            }
            recipe.results(jdbc, own).stream()
                    .filter(table -> !table.rows().isEmpty())
                    .map(Grids::of)
                    .forEach(blocks::add);
        }
        var made = Grids.of("run", "artifact", "name", "completed", "commit", "device", "fingerprint");
        artifacts.forEach(a -> made.row(
                a.run(),
                a.kind().word(),
                a.name(),
                a.completedAt(),
                a.provenance().gitCommit(),
                a.provenance().device(),
                a.fingerprint()));
        if (!made.isEmpty()) {
            Grid grid = made.folded("artifacts");
            blocks.add(grid);
        }
        return blocks;
    }

    private static @Nullable String firstLine(@Nullable String text) {
        return text == null ? null : text.lines().findFirst().orElse(null);
    }
}
