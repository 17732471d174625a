package igpt.page.api;

import igpt.config.ParameterSpec;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.JobCatalogue;
import igpt.page.api.RunView.Edge;
import igpt.page.api.RunView.LineageView;
import igpt.page.api.RunView.ParameterValue;
import igpt.page.api.RunView.StepView;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.schema.db.Database;
import igpt.schema.run.Lineage;
import igpt.schema.run.Parameter;
import igpt.schema.run.PastRuns;
import igpt.schema.run.RunDetails;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at runs. */
@Component
final class RunViews {
    private final JobCatalogue catalogue;
    private final Project project;

    RunViews(JobCatalogue catalogue, Project project) {
        this.catalogue = catalogue;
        this.project = project;
    }

    /** @throws UsageException if there is no such run */
    static String job(long run, Database database) {
        return new PastRuns(database.jdbc()).job(run).orElseThrow(() -> UsageException.noRun(run));
    }

    static void check(long run, Database database) {
        job(run, database);
    }

    RunView of(long run, Database database) {
        var history = new RunHistory(database);
        var details = history.run(run).orElseThrow(() -> UsageException.noRun(run));
        var attempts = details.attempts().stream().map(RunSummary::of).toList();
        var newest = attempts.get(attempts.size() - 1);
        var lineage = Lineage.of(database.jdbc(), details.artifacts());
        return new RunView(
                run,
                newest.job(),
                newest.status(),
                RunContext.folder(project.runs(), run, newest.job()).toString(),
                newest,
                attempts,
                steps(details),
                history.progress(run),
                details.children(),
                details.parameters().stream()
                        .map(parameter -> value(newest.job(), parameter))
                        .toList(),
                details.artifacts().stream().map(ArtifactView::of).toList(),
                results(details, database.jdbc()),
                new LineageView(
                        lineage.artifacts().stream().map(ArtifactView::of).toList(),
                        lineage.edges().stream()
                                .map(edge -> new Edge(edge.input(), edge.made()))
                                .toList()));
    }

    static List<StepView> steps(RunDetails details) {
        return details.steps().stream()
                .map(step -> new StepView(
                        step.attempt(),
                        step.step(),
                        step.status(),
                        step.progress(),
                        step.started(),
                        step.ended(),
                        step.seconds(),
                        step.commits(),
                        step.exitMessage() == null
                                ? null
                                : step.exitMessage().lines().findFirst().orElse("")))
                .toList();
    }

    private Map<String, List<Map<String, @Nullable Object>>> results(RunDetails details, JdbcClient jdbc) {
        var results = new LinkedHashMap<String, List<Map<String, @Nullable Object>>>();
        for (var recipe : catalogue.recipes()) {
            recipe.results(jdbc, recipe.among(details.artifacts()))
                    .forEach(table -> results.computeIfAbsent(table.name(), name -> new ArrayList<>())
                            .addAll(rows(table)));
        }
        return results;
    }

    private static List<Map<String, @Nullable Object>> rows(ResultTable table) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var row : table.rows()) {
            var named = new LinkedHashMap<String, @Nullable Object>();
            for (int column = 0; column < row.size(); column++) {
                named.put(table.columns().get(column), row.get(column));
            }
            rows.add(named);
        }
        return rows;
    }

    /** As a number or boolean, where the job still says that it is one. */
    private ParameterValue value(String job, Parameter parameter) {
        var types = catalogue.jobs().stream()
                .filter(one -> one.name().equals(job))
                .flatMap(one -> one.parameters().specs().stream())
                .collect(Collectors.toMap(ParameterSpec::name, ParameterSpec::type, (one, other) -> one));
        return new ParameterValue(
                parameter.name(),
                typed(types.getOrDefault(parameter.name(), String.class), parameter.value()),
                parameter.identifying());
    }

    static Object typed(Class<?> type, String text) {
        try {
            if (type == int.class || type == long.class) {
                return Long.valueOf(text);
            }
            if (type == double.class) {
                return Double.valueOf(text);
            }
            return type == boolean.class ? (Object) Boolean.valueOf(text) : text;
        } catch (NumberFormatException otherThen) {
            return text;
        }
    }
}
