package igpt.page.api;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.JobCatalogue;
import igpt.launch.LaunchedRun;
import igpt.launch.Outcome;
import igpt.launch.RunRequest;
import igpt.manage.RunDeletion;
import igpt.page.Launching;
import igpt.schema.UserException;
import igpt.schema.curve.Curve;
import igpt.schema.curve.Curves;
import igpt.schema.folder.Deletion;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs: listed, looked at, launched, stopped, resumed, deleted. */
@RestController
@RequestMapping("/api/v1/runs")
final class RunsApi {
    static final String RUN = "/{run:\\d{1,18}}";

    private final Launching launching;
    private final JobCatalogue catalogue;
    private final Project project;
    private final RunViews views;
    private final CurveMemory curves;

    RunsApi(Launching launching, JobCatalogue catalogue, Project project, RunViews views, CurveMemory curves) {
        this.curves = curves;
        this.launching = launching;
        this.catalogue = catalogue;
        this.project = project;
        this.views = views;
    }

    @GetMapping
    @Says("The runs, the newest first, each with its newest attempt.")
    RunList runs(
            @RequestParam(value = "job", required = false) @Nullable String job,
            @Says("Of the newest attempt: completed, failed, stopped, started, killed.")
                    @RequestParam(value = "status", required = false)
                    @Nullable
                    String status,
            @Says("A part of the name of what they made.") @RequestParam(value = "name", required = false) @Nullable
                    String name,
            @Says("A part of one of their parameters, name=value.")
                    @RequestParam(value = "text", required = false)
                    @Nullable
                    String text,
            @Says("Begun then or later.") @RequestParam(value = "since", required = false) @Nullable Instant since,
            @Says("The next page: what the page before says.")
                    @RequestParam(value = "before", required = false)
                    @Nullable
                    Long before,
            @RequestParam(value = "limit", defaultValue = "50") int limit) {
        ListLimit.check(limit);
        if (job != null) {
            catalogue.named(job);
        }
        var filter = new RunFilter(job, status, since, limit, name, text, before);
        var runs = launching.read(database -> new RunHistory(database)
                .runs(filter).stream().map(RunSummary::of).toList());
        return new RunList(
                runs, runs.size() < limit ? null : runs.get(limit - 1).run());
    }

    @PostMapping(consumes = "application/json")
    @Says("Starts a run, or resumes the one of the same parameters.")
    ResponseEntity<Launched> launch(@RequestBody LaunchRequest wanted) {
        if (wanted.job() == null) {
            throw new UsageException("job is missing: GET /api/v1/jobs lists them");
        }
        var job = catalogue.named(wanted.job());
        var given = wanted.typed();
        var wrong = job.parameters().problems(given);
        if (!wrong.isEmpty()) {
            throw new FieldErrors(wrong);
        }
        var request = RunRequest.of(
                catalogue, project, job.name(), wanted.preset(), given, Boolean.TRUE.equals(wanted.again()));
        return answer(launching.start(request));
    }

    @PostMapping(RUN + "/resume")
    @Says("Resumes a run that was stopped, killed or failed, as it was started.")
    ResponseEntity<Launched> resume(@PathVariable("run") long run) {
        return answer(launching.resume(run));
    }

    /**
     * What became of a launch.
     *
     * @param ending null while it is under way
     */
    record Launched(long run, String job, Outcome.@Nullable Ending ending) {}

    private static ResponseEntity<Launched> answer(LaunchedRun launched) {
        var outcome = launched.outcome().getNow(null);
        var ending = outcome == null ? null : outcome.ending();
        return ResponseEntity.status(ending == null ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create("/api/v1/runs/" + launched.run()))
                .body(new Launched(launched.run(), launched.job(), ending));
    }

    @PostMapping(RUN + "/stop")
    @Says("Stops a run at its next commit point, or within ten seconds at its last; whichever process works on it.")
    ResponseEntity<Message> stop(@PathVariable("run") long run) {
        return ResponseEntity.accepted().body(new Message(launching.stop(run)));
    }

    /** @param message for people */
    record Message(String message) {}

    @GetMapping(RUN)
    @Says("All about a run: attempts, steps, progress, parameters, artifacts, results, lineage, what depends on it.")
    RunView run(@PathVariable("run") long run) {
        return launching.read(database -> views.of(run, database));
    }

    @GetMapping(RUN + "/curves")
    @Says("What it recorded, and the runs that it launched: losses and rates by iteration, thinned, with all peaks.")
    List<Curve> curves(
            @PathVariable("run") long run,
            @Says("Only what was recorded after that iteration.") @RequestParam(value = "after", defaultValue = "-1")
                    long after) {
        if (after < 0) {
            return curves.of(run);
        }
        return launching.read(database -> {
            RunViews.check(run, database);
            return new Curves(database.jdbc()).of(run, after);
        });
    }

    @GetMapping(RUN + "/dependents")
    @Says("The runs that used what it made, and so on: they would be deleted with it.")
    List<Long> dependents(@PathVariable("run") long run) {
        return launching.read(database -> {
            RunViews.check(run, database);
            return new Deletion(database).dependents(run);
        });
    }

    @DeleteMapping(RUN)
    @Says("Deletes a run: its history, its folder and what it made.")
    Deleted delete(
            @PathVariable("run") long run,
            @Says("Also the runs that used what it made; without, such a run is refused.")
                    @RequestParam(value = "with_dependents", defaultValue = "false")
                    boolean withDependents) {
        return launching.change(database -> {
            var deletion = RunDeletion.of(database, run);
            if (!deletion.dependents().isEmpty() && !withDependents) {
                throw new UserException("run %d is needed by %s: with_dependents=true deletes them all, files and all"
                        .formatted(run, RunDeletion.words(deletion.dependents(), database)));
            }
            deletion.make(database);
            return new Deleted(deletion.all());
        });
    }

    /** The runs that are gone. */
    record Deleted(List<Long> deleted) {}

    @GetMapping(RUN + "/log")
    @Says("Its log, from a place on.")
    LogPart log(
            @PathVariable("run") long run,
            @Says("Bytes of it to leave out; from the end if negative.")
                    @RequestParam(value = "from", defaultValue = "-65536")
                    long from) {
        var job = launching.read(database -> RunViews.job(run, database));
        return LogPart.read(project.runs(), run, job, from);
    }
}
