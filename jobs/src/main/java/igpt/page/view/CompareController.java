package igpt.page.view;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.JobCatalogue;
import igpt.launch.RunOutputs;
import igpt.page.RunReader;
import igpt.page.api.CurveMemory;
import igpt.schema.curve.Curve;
import igpt.schema.db.Database;
import igpt.schema.run.RunDetails;
import igpt.schema.run.RunHistory;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Two to six runs side by side. */
@RestController
final class CompareController {
    private static final int FEWEST = 2;
    private static final int MOST = 6; // that can be told apart

    private final RunReader reader;
    private final JobCatalogue catalogue;
    private final Project project;
    private final CurveMemory memory;
    private final Views views;

    CompareController(RunReader reader, JobCatalogue catalogue, Project project, CurveMemory memory, Views views) {
        this.memory = memory;
        this.reader = reader;
        this.catalogue = catalogue;
        this.project = project;
        this.views = views;
    }

    @GetMapping("/compare")
    ResponseEntity<String> compare(@RequestParam(name = "run", defaultValue = "") List<Long> runs) {
        var curves = curves(runs);
        var comparison = reader.read(database -> maker(database, curves).of(details(database, runs)));
        return views.show("compare", "Compare " + comparison.words(), "runs", Map.of("comparison", comparison));
    }

    @GetMapping("/compare/charts")
    List<Chart> charts(@RequestParam(name = "run", defaultValue = "") List<Long> runs) {
        var curves = curves(runs);
        return reader.read(database -> maker(database, curves).charts(details(database, runs), false));
    }

    private Comparison.Maker maker(Database database, List<Curve> curves) {
        return new Comparison.Maker(catalogue, new RunOutputs(catalogue, project), database, curves);
    }

    private List<Curve> curves(List<Long> runs) {
        return few(runs).stream().flatMap(run -> memory.of(run).stream()).toList();
    }

    private static List<Long> few(List<Long> asked) {
        var runs = asked.stream().distinct().toList();
        if (runs.size() < FEWEST || runs.size() > MOST) {
            throw new UsageException("%s chosen: choose from two to six, by the boxes in the list of runs"
                    .formatted(runs.size() == 1 ? "one run is" : runs.size() + " runs are"));
        }
        return runs;
    }

    private static List<RunDetails> details(Database database, List<Long> asked) {
        var history = new RunHistory(database);
        return few(asked).stream()
                .map(run -> history.run(run).orElseThrow(() -> UsageException.noRun(run)))
                .toList();
    }
}
