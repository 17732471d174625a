package igpt.cli;

import igpt.config.UsageException;
import igpt.console.OutputPath;
import igpt.console.Table;
import igpt.launch.RunOutputs;
import igpt.report.Report;
import igpt.report.ReportRow;
import igpt.report.html.RunReport;
import igpt.schema.artifact.Artifact;
import igpt.schema.db.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "What a run and the runs that it launched found out, as the paper's tables and figures.",
            "",
            "Ours first, then the paper's numbers of the same images. Accuracies and errors are per cent of the test images;"
                    + " ± is the standard error, of few labels the standard deviation over random subsets."
        })
final class ReportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its number (default: the newest complete reproduce).")
    private @Nullable Long run;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with tables and pictures instead.")
    private @Nullable Path html;

    @Option(names = "--figures", paramLabel = "FOLDER", description = "Write each figure there as SVG and PNG instead.")
    private @Nullable Path figures;

    @Option(names = "--published", description = "All published numbers, also of other methods and images.")
    private boolean published;

    @Mixin
    private FormatOption output = new FormatOption();

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var page = html == null ? null : OutputPath.file("--html", html);
        var folder = figures == null ? null : OutputPath.folder("--figures", figures);
        try (var database = session.database()) {
            long wanted = run != null ? run : newest(database);
            var outputs = new RunOutputs(session.catalogue(), session.project()).of(wanted, database);
            var report = Report.of(database.jdbc(), session.catalogue().recipes(), outputs);
            if (page != null || folder != null) {
                write(
                        RunReport.of(session.catalogue(), session.project(), database, wanted, outputs, report),
                        page,
                        folder);
            } else {
                print(wanted, outputs, report);
            }
        }
        return 0;
    }

    private static long newest(Database database) {
        return Report.newestRun(database.jdbc())
                .orElseThrow(() -> new UsageException(
                        "there is no complete reproduce yet: ./igpt run reproduce; or give a run's number"));
    }

    private void write(RunReport report, @Nullable Path page, @Nullable Path folder) {
        if (page != null) {
            session.out().println("%s: %,d kB".formatted(page, (report.write(page) + 999) / 1000));
        }
        if (folder != null) {
            var names = report.writeFigures(folder);
            session.out()
                    .println("%s: %s, each as .svg and .png"
                            .formatted(folder, names.isEmpty() ? "no figures" : String.join(", ", names)));
        }
    }

    private void print(long wanted, List<Artifact> outputs, Report report) {
        if (output.format != Format.TABLE) {
            output.format.print(whole(report), session);
            return;
        }
        session.out().println("run " + wanted);
        report.models().forEach(model -> session.out().println(model.nextToThePapers()));
        session.out().println();
        var sections = sections(report);
        output.format.print(sections, session);
        if (sections.isEmpty()) {
            session.out().println("it has none of the paper's numbers: ./igpt show " + wanted + " lists what it made");
        }
    }

    /** Ours, the paper's of the same images, and others' if they are asked for. */
    private Map<String, Table> sections(Report report) {
        var sections = new LinkedHashMap<String, Table>();
        Predicate<ReportRow> shown = row -> published || row.isOurs() || row.comparable();
        for (var name : report.tables()) {
            var rows = report.of(name).filter(shown).toList();
            boolean theirs = rows.stream().anyMatch(row -> !row.isOurs());
            var table = theirs
                    ? Table.of("row", "metric", "ours", "±", "n", "run", "published")
                    : Table.of("row", "metric", "ours", "±", "n", "run");
            for (var row : rows) {
                if (row.isDeviation()) {
                    continue; // stands with its number
                }
                var error = report.deviationOf(row).orElse(row.standardError());
                var cells = new ArrayList<@Nullable Object>();
                cells.addAll(Arrays.asList(
                        row.row(),
                        row.metric(),
                        rounded(row, row.ours()),
                        rounded(row, error),
                        row.images(),
                        row.run()));
                if (theirs) {
                    cells.add(rounded(row, row.published()));
                }
                table.rows().add(cells);
            }
            if (report.has(name) || published) {
                sections.put(Report.title(name), table);
            }
        }
        return sections;
    }

    private static @Nullable BigDecimal rounded(ReportRow row, @Nullable Double number) {
        int digits = row.published() != null ? 1 : row.metric().endsWith("nats") ? 4 : 2;
        return number == null ? null : BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_EVEN);
    }

    private static Table whole(Report report) {
        var table = Table.of("table", "row", "metric", "ours", "published", "run", "standard_error", "images");
        report.rows()
                .forEach(row -> table.row(
                        row.table(),
                        row.row(),
                        row.metric(),
                        row.ours(),
                        row.published(),
                        row.run(),
                        row.standardError(),
                        row.images()));
        return table;
    }
}
