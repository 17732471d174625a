package igpt.page.view;

import igpt.config.UsageException;
import igpt.page.PageSettings;
import igpt.page.RunReader;
import igpt.page.Templates;
import igpt.schema.run.RunHistory;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A run. */
@RestController
final class RunController {
    private final RunReader reader;
    private final Templates templates;
    private final PageSettings settings;

    RunController(RunReader reader, Templates templates, PageSettings settings) {
        this.reader = reader;
        this.templates = templates;
        this.settings = settings;
    }

    @GetMapping("/runs/{run:\\d{1,18}}")
    ResponseEntity<String> run(@PathVariable("run") long run, CsrfToken csrf) {
        var details =
                reader.read(database -> new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run)));
        var shell = new Shell("Run " + run, "runs", csrf, settings.password() != null);
        return templates.show("run", Map.of("shell", shell, "details", details));
    }
}
