package igpt.report.html;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.JobCatalogue;
import igpt.recipe.Picture;
import igpt.report.Report;
import igpt.report.chart.Figure;
import igpt.report.chart.Pictures;
import igpt.report.figure.CurveSource;
import igpt.report.figure.Figures;
import igpt.report.figure.Results;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.file.AtomicFiles;
import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** What a run found out, as files: a page, or each figure by itself. */
public final class RunReport {
    private final RunPage page;

    private RunReport(RunPage page) {
        this.page = page;
    }

    /**
     * @param outputs complete artifacts of the run and its parts; what they are at work on is shown, too
     * @throws UsageException if there is no such run
     */
    public static RunReport of(
            JobCatalogue catalogue,
            Project project,
            Database database,
            long run,
            List<Artifact> outputs,
            Report report) {
        return of(
                catalogue,
                database,
                run,
                outputs,
                report,
                picture -> Images.whole(project.runs(), picture),
                CurveSource.of(database.jdbc()));
    }

    /** @param shown a picture, as the page shows it */
    public static RunReport of(
            JobCatalogue catalogue,
            Database database,
            long run,
            List<Artifact> outputs,
            Report report,
            Function<Picture, Block> shown,
            CurveSource curves) {
        var jdbc = database.jdbc();
        var details = new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run));
        var runs = new LinkedHashSet<>(List.of(run));
        details.children().forEach(child -> runs.add(child.run()));
        var artifacts = new ArrayList<>(outputs);
        for (long one : runs) {
            new Artifacts(jdbc)
                    .ofRun(one).stream()
                            .filter(artifact -> !artifact.complete())
                            .forEach(artifacts::add);
        }
        var results = Results.of(jdbc, outputs);
        var figures = Figures.of(jdbc, results, artifacts, runs, curves);
        return new RunReport(new RunPage(catalogue, jdbc, shown, details, artifacts, report, results, figures));
    }

    /** What the page holds, for another page. */
    public Page page() {
        return page.page();
    }

    /** Its figures, to be drawn otherwise. */
    public Figures figures() {
        return page.figures();
    }

    /** @return bytes */
    public long write(Path file) {
        try {
            HtmlFile.write(page(), file);
            return Files.size(file);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Each figure as SVG and PNG. */
    public List<String> writeFigures(Path folder) {
        var names = new ArrayList<String>();
        for (var figure : page.figures().all()) {
            try {
                write(figure, folder);
            } catch (IOException e) {
                throw cannotWrite(folder, e);
            }
            names.add(figure.id());
        }
        return names;
    }

    private static void write(Figure figure, Path folder) throws IOException {
        var svg = Pictures.file(figure.drawing(), figure.id());
        AtomicFiles.write(folder.resolve(figure.id() + ".svg"), file -> Files.writeString(file, svg));
        AtomicFiles.write(folder.resolve(figure.id() + ".png"), file -> Pictures.writePng(figure.drawing(), file));
    }

    private static UserException cannotWrite(Path path, IOException e) {
        return new UserException("cannot write " + path + ": " + e.getMessage(), e);
    }
}
