package igpt.page.view;

import igpt.page.PageSettings;
import igpt.page.RunReader;
import igpt.page.Templates;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The runs, the newest first. */
@RestController
final class RunsController {
    private static final int A_PAGE = 50;

    private final RunReader reader;
    private final Templates templates;
    private final PageSettings settings;

    RunsController(RunReader reader, Templates templates, PageSettings settings) {
        this.reader = reader;
        this.templates = templates;
        this.settings = settings;
    }

    @GetMapping("/")
    ResponseEntity<String> runs(CsrfToken csrf) {
        var runs = reader.read(database -> new RunHistory(database).runs(new RunFilter(null, null, null, A_PAGE)));
        var shell = new Shell("Runs", "runs", csrf, settings.password() != null);
        return templates.show("runs", Map.of("shell", shell, "runs", runs));
    }
}
