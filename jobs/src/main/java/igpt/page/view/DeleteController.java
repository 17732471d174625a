package igpt.page.view;

import igpt.config.UsageException;
import igpt.manage.RunDeletion;
import igpt.page.Launching;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import igpt.schema.run.Run;
import igpt.schema.run.RunHistory;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deletes a run, once its reader has seen what goes with it. */
@RestController
final class DeleteController {
    private final Launching launching;
    private final Views views;

    DeleteController(Launching launching, Views views) {
        this.launching = launching;
        this.views = views;
    }

    @GetMapping(RunController.PATH + "/delete")
    ResponseEntity<String> ask(@PathVariable("run") long run) {
        var runs = launching.read(database -> runs(database, RunDeletion.of(database, run)));
        return views.show("delete", "Delete run " + run, "runs", Map.of("run", run, "runs", runs));
    }

    /** @param expected how many the reader saw: a run that has come to depend on it since is not deleted unseen */
    @PostMapping(RunController.PATH + "/delete")
    ResponseEntity<Void> delete(@PathVariable("run") long run, @RequestParam("runs") List<Long> expected) {
        launching.change(database -> {
            RunDeletion.finish(database);
            var deletion = RunDeletion.of(database, run);
            if (!deletion.all().equals(expected)) {
                throw new UserException("what depends on run %d has changed: look again".formatted(run));
            }
            for (var one : runs(database, deletion)) {
                if (database.holder(one.run()).isPresent()) {
                    throw new UserException("run %d is under way: stop it first".formatted(one.run()));
                }
            }
            deletion.make(database);
            return deletion;
        });
        return ActionController.to("/?said=deleted");
    }

    private static List<Run> runs(Database database, RunDeletion deletion) {
        var history = new RunHistory(database);
        return deletion.all().stream()
                .map(one -> history.run(one)
                        .orElseThrow(() -> UsageException.noRun(one))
                        .newest())
                .toList();
    }
}
