package igpt.page.view;

import igpt.launch.Outcome.Ending;
import igpt.page.Launching;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stops and resumes runs. */
@RestController
final class ActionController {
    private final Launching launching;

    ActionController(Launching launching) {
        this.launching = launching;
    }

    @PostMapping(RunController.PATH + "/stop")
    ResponseEntity<Void> stop(@PathVariable("run") long run) {
        launching.stop(run);
        return to("/runs/" + run + "?said=stopping");
    }

    @PostMapping(RunController.PATH + "/resume")
    ResponseEntity<Void> resume(@PathVariable("run") long run) {
        var launched = launching.resume(run);
        var outcome = launched.outcome().getNow(null);
        boolean unchanged = outcome != null && outcome.ending() == Ending.UNCHANGED;
        return to("/runs/" + run + (unchanged ? "?said=unchanged" : ""));
    }

    static ResponseEntity<Void> to(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .build();
    }
}
