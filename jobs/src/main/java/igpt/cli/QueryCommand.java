package igpt.cli;

import igpt.schema.RunHistory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Ask the database. Only a select is taken.",
            "",
            "Views: run_history, step_history, loss_curve, checkpoint_history, probe_by_layer, lowdata_results, lowdata_summary, dataset_catalogue, model_catalogue, classifier_results, sweep_trials, bench_history, lineage.",
            "Example: igpt query \"select layer, test_accuracy from probe_by_layer where run = 3 order by layer\""
        })
final class QueryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "SQL", description = "In quotes.")
    private String sql = "";

    @Mixin
    private FormatOption output = new FormatOption();

    QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var database = session.database()) {
            output.format.print(Table.of(new RunHistory(database).query(sql)), session.out());
        }
        return 0;
    }
}
