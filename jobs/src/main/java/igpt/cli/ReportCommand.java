package igpt.cli;

import igpt.config.UsageException;
import igpt.console.Table;
import igpt.launch.RunOutputs;
import igpt.report.Report;
import igpt.report.ReportRow;
import igpt.schema.db.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "The paper's tables and figures: the published numbers, and ours below those they compare with.",
            "",
            "Of a run and the runs that it launched; accuracies, errors and their sd in per cent."
        })
final class ReportCommand implements Callable<Integer> {
    private static final Map<String, String> TITLES = Map.of(
            "table 1", "table 1: linear probes on CIFAR and STL, test accuracy",
            "table 2", "table 2: linear probes on ImageNet, test accuracy",
            "table 3", "table 3: fine-tuning, test accuracy",
            "table 4", "table 4: few labels, CIFAR-10, test error",
            "figure 2", "figure 2: accuracy by layer",
            "figure 3", "figure 3: validation loss and the best probe, by milestone",
            "figure 4", "figure 4: AR and BERT, probe and fine-tuning");

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Its number (default: the newest complete reproduce).")
    private @Nullable Long run;

    @Mixin
    private FormatOption output = new FormatOption();

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var database = session.database()) {
            long wanted = run != null ? run : newest(database);
            var report = Report.of(
                    database.jdbc(),
                    session.catalogue().recipes(),
                    new RunOutputs(session.catalogue(), session.project()).of(wanted, database));
            if (output.format == Format.TABLE) {
                session.out().println("run " + wanted);
                report.models().forEach(model -> session.out().println(model.nextToThePapers()));
                session.out().println();
                output.format.print(sections(report), session);
            } else {
                output.format.print(whole(report), session);
            }
        }
        return 0;
    }

    private static long newest(Database database) {
        return Report.newestRun(database.jdbc())
                .orElseThrow(() -> new UsageException(
                        "there is no complete reproduce yet: ./igpt run reproduce; or give a run's number"));
    }

    private static Map<String, Table> sections(Report report) {
        var sections = new LinkedHashMap<String, Table>();
        for (var name : report.tables()) {
            var table = Table.of("row", "metric", "ours", "published", "run");
            report.of(name).forEach(row -> table.row(row.row(), row.metric(), ours(row), row.published(), row.run()));
            sections.put(TITLES.getOrDefault(name, name), table);
        }
        return sections;
    }

    private static @Nullable Object ours(ReportRow row) {
        if (row.ours() == null) {
            return row.missing() ? "not run" : null;
        }
        double digits = row.metric().endsWith("nats") ? 1e4 : 1e2;
        return Math.round(row.ours() * digits) / digits;
    }

    private static Table whole(Report report) {
        var table = Table.of("table", "row", "metric", "ours", "published", "run");
        report.rows()
                .forEach(
                        row -> table.row(row.table(), row.row(), row.metric(), row.ours(), row.published(), row.run()));
        return table;
    }
}
