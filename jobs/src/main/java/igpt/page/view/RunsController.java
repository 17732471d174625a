package igpt.page.view;

import igpt.launch.JobCatalogue;
import igpt.launch.JobDefinition;
import igpt.page.RunReader;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The runs, the newest first. */
@RestController
final class RunsController {
    private static final int A_PAGE = 30;
    private static final List<String> STATUSES = List.of("completed", "failed", "stopped", "started", "killed");

    private final RunReader reader;
    private final JobCatalogue catalogue;
    private final Views views;

    RunsController(RunReader reader, JobCatalogue catalogue, Views views) {
        this.reader = reader;
        this.catalogue = catalogue;
        this.views = views;
    }

    @GetMapping("/")
    ResponseEntity<String> runs(
            @RequestParam(name = "job", defaultValue = "") String job,
            @RequestParam(name = "status", defaultValue = "") String status,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "text", defaultValue = "") String text,
            @RequestParam(name = "said", defaultValue = "") String said,
            @RequestParam(name = "before", required = false) @Nullable Long before) {
        var filter = new RunFilter(given(job), given(status), null, A_PAGE + 1, given(name), given(text), before);
        var found = reader.read(database -> new RunHistory(database).runs(filter));
        boolean more = found.size() > A_PAGE;
        var runs = more ? found.subList(0, A_PAGE) : found;
        var address = UriComponentsBuilder.fromPath("/");
        var asked = new HashMap<String, String>();
        asked.put("job", job);
        asked.put("status", status);
        asked.put("name", name);
        asked.put("text", text);
        asked.forEach((parameter, value) -> {
            if (!value.isBlank()) {
                address.queryParam(parameter, "{" + parameter + "}");
            }
        });
        var first = address.encode().buildAndExpand(asked).toUriString();
        var here = before == null ? first : after(first, before);
        var list = new RunList(
                runs,
                catalogue.jobs().stream().map(JobDefinition::name).toList(),
                STATUSES,
                asked,
                here,
                first,
                more ? after(first, runs.get(runs.size() - 1).run()) : "",
                before != null,
                runs.stream().anyMatch(Say::isLive));
        return views.show("runs", "Runs", "runs", Map.of("list", list, "said", Notice.of(said)));
    }

    private static @Nullable String given(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static String after(String address, long run) {
        return address + (address.contains("?") ? "&" : "?") + "before=" + run;
    }
}
