package igpt.page.view;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.forecast.Durations;
import igpt.launch.JobCatalogue;
import igpt.launch.RunOutputs;
import igpt.page.Launching;
import igpt.page.api.CurveMemory;
import igpt.recipe.Picture;
import igpt.recipe.RunContext;
import igpt.report.Report;
import igpt.report.chart.Figure;
import igpt.report.chart.LineChart;
import igpt.report.figure.CurveSource;
import igpt.report.figure.Figures;
import igpt.report.html.Block;
import igpt.report.html.Block.Drawn;
import igpt.report.html.Page;
import igpt.report.html.Page.Section;
import igpt.report.html.RunReport;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.curve.Curve;
import igpt.schema.db.Database;
import igpt.schema.run.Lineage;
import igpt.schema.run.RunChildren;
import igpt.schema.run.RunDetails;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** A run: how it goes, what came of it, how it came about. */
@RestController
final class RunController {
    static final String PATH = "/runs/{run:\\d{1,18}}";

    private static final Set<String> ELSEWHERE = Set.of("training", "lineage");
    private static final Set<String> HOW = Set.of("history", "parameters", "numbers");

    private final Launching launching;
    private final JobCatalogue catalogue;
    private final Project project;
    private final CurveMemory memory;
    private final Views views;

    RunController(Launching launching, JobCatalogue catalogue, Project project, CurveMemory memory, Views views) {
        this.memory = memory;
        this.launching = launching;
        this.catalogue = catalogue;
        this.project = project;
        this.views = views;
    }

    @GetMapping(PATH)
    ResponseEntity<String> run(
            @PathVariable("run") long run, @RequestParam(name = "said", defaultValue = "") String said) {
        var curves = memory.of(run);
        var view = launching.read(database -> view(database, run, curves));
        return views.show(
                "run",
                "Run " + run + " " + view.now().run().job(),
                "runs",
                Map.of("view", view, "said", Notice.of(said)));
    }

    /** What changes while it runs; once it has ended, the whole page is asked for again. */
    @GetMapping(PATH + "/now")
    ResponseEntity<String> now(@PathVariable("run") long run) {
        var now = launching.read(database -> now(details(database, run)));
        var part = views.part("now", Map.of("now", now, "later", true));
        return now.live()
                ? part
                : ResponseEntity.ok().header("HX-Refresh", "true").body("");
    }

    /**
     * The lines of its trainings.
     *
     * @param grown only those that this run and its parts may have added to
     */
    @GetMapping(PATH + "/charts")
    List<Chart> charts(
            @PathVariable("run") long run, @RequestParam(name = "grown", defaultValue = "false") boolean grown) {
        var curves = memory.of(run);
        return launching.read(database -> grown
                ? charts(Figures.training(own(database, run), curves(database, curves)), false)
                : charts(report(database, run, curves).figures().training(), false));
    }

    private RunView view(Database database, long run, List<Curve> curves) {
        var details = details(database, run);
        var report = report(database, run, curves);
        var page = report.page();
        var plain = page.sections().stream()
                .filter(section -> !ELSEWHERE.contains(section.id()))
                .map(section -> new Section(
                        section.id(),
                        section.title(),
                        section.blocks().stream().map(Drawings::plain).toList()))
                .toList();
        return new RunView(
                now(details),
                subtitle(details),
                page.lead(),
                page.figures(),
                charts(report.figures().training(), true),
                plain.stream().filter(section -> !HOW.contains(section.id())).toList(),
                lineage(page, database, details),
                plain.stream().filter(section -> HOW.contains(section.id())).toList());
    }

    private static RunDetails details(Database database, long run) {
        return new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run));
    }

    private RunReport report(Database database, long run, List<Curve> curves) {
        var outputs = outputs(database, run);
        var report = Report.of(database.jdbc(), catalogue.recipes(), outputs);
        return RunReport.of(
                catalogue, database, run, outputs, report, RunController::picture, curves(database, curves));
    }

    /** Of a job that this version does not have, nothing. */
    private List<Artifact> outputs(Database database, long run) {
        try {
            return new RunOutputs(catalogue, project).of(run, database);
        } catch (UsageException e) {
            return List.of();
        }
    }

    private static Block picture(Picture picture) {
        return new Block.Image(
                picture.title(),
                picture.caption(),
                picture.alternative(),
                "/files/" + UriUtils.encodePath(picture.path(), "UTF-8"));
    }

    private static List<Artifact> own(Database database, long run) {
        var artifacts = new Artifacts(database.jdbc());
        var all = new ArrayList<>(artifacts.ofRun(run));
        new RunChildren(database.jdbc()).of(run).forEach(child -> all.addAll(artifacts.ofRun(child)));
        return all;
    }

    private static CurveSource curves(Database database, List<Curve> curves) {
        return new KnownCurves(curves, CurveSource.of(database.jdbc()));
    }

    private static List<Chart> charts(List<Figure> trainings, boolean drawn) {
        return trainings.stream()
                .filter(figure -> figure.drawing() instanceof LineChart)
                .map(figure -> Chart.of(figure, drawn))
                .toList();
    }

    private static @Nullable Drawn lineage(Page page, Database database, RunDetails details) {
        var all = Lineage.of(database.jdbc(), details.artifacts()).artifacts();
        return page.sections().stream()
                .filter(section -> section.id().equals("lineage"))
                .flatMap(section -> section.blocks().stream())
                .filter(Drawn.class::isInstance)
                .map(Drawn.class::cast)
                .map(drawn -> Drawings.linked(drawn, all))
                .findFirst()
                .orElse(null);
    }

    private RunView.Now now(RunDetails details) {
        var newest = details.newest();
        boolean here = launching.underWay().stream().anyMatch(one -> one.run() == newest.run());
        boolean live = Say.isLive(newest) || here; // what its thread has left to do takes a moment
        return new RunView.Now(
                newest,
                live,
                here,
                StepTime.of(details.steps()),
                live ? Progress.of(newest.progress()) : null,
                details.children(),
                LogTail.of(RunContext.folder(project.runs(), newest.run(), newest.job())));
    }

    private static String subtitle(RunDetails details) {
        var attempts = details.attempts();
        double seconds =
                attempts.stream().mapToDouble(attempt -> attempt.seconds()).sum();
        return "Begun %s · %s · %s"
                .formatted(
                        Say.at(attempts.get(0).started()),
                        attempts.size() == 1 ? "one attempt" : attempts.size() + " attempts",
                        Durations.words(seconds).replace(' ', '\u00a0')); // a number and its unit stay together
    }
}
