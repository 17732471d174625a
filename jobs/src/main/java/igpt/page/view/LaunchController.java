package igpt.page.view;

import igpt.config.ParameterSet;
import igpt.config.Preset;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.DryRun;
import igpt.launch.JobCatalogue;
import igpt.launch.JobDefinition;
import igpt.launch.Outcome.Ending;
import igpt.launch.RunRequest;
import igpt.page.Launching;
import igpt.report.ChangedParameters;
import igpt.schema.UserException;
import igpt.schema.run.RunHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Launches a job from a form that is made from the records of its parameters. */
@RestController
final class LaunchController {
    private static final String JOB = "/launch/{job:[a-z_]+}";
    private static final String PRESET = "preset";
    private static final String AGAIN = "again";

    private final Launching launching;
    private final JobCatalogue catalogue;
    private final Project project;
    private final Views views;

    LaunchController(Launching launching, JobCatalogue catalogue, Project project, Views views) {
        this.launching = launching;
        this.catalogue = catalogue;
        this.project = project;
        this.views = views;
    }

    @GetMapping("/launch")
    ResponseEntity<String> jobs() {
        var jobs = catalogue.jobs().stream()
                .map(job -> new JobChoice(
                        job.name(), job.summary(), project.config().presetsOf(job.name())))
                .toList();
        return views.show("jobs", "Launch", "launch", Map.of("jobs", jobs));
    }

    /** @param from a run whose parameters the form has at first, to be run again */
    @GetMapping(JOB)
    ResponseEntity<String> form(
            @PathVariable("job") String name,
            @RequestParam(name = "from", required = false) @Nullable Long from,
            @RequestParam Map<String, String> asked) {
        var job = catalogue.named(name);
        var preset = asked.getOrDefault(PRESET, "");
        var given = new LinkedHashMap<String, String>();
        if (!preset.isEmpty()) {
            given.putAll(preset(job, preset).parameters());
        }
        if (from != null) {
            given.putAll(changed(job, from));
        }
        given.putAll(typed(asked));
        boolean again = from != null || asked.containsKey(AGAIN);
        return show(HttpStatus.OK, job, preset, again, given, Map.of(), List.of());
    }

    @PostMapping(JOB)
    ResponseEntity<?> launch(@PathVariable("job") String name, @RequestParam Map<String, String> asked) {
        var job = catalogue.named(name);
        var preset = asked.getOrDefault(PRESET, "");
        var given = typed(asked);
        boolean again = asked.containsKey(AGAIN);
        var faults = LaunchForm.faults(job, given);
        if (!faults.isEmpty()) {
            return show(HttpStatus.BAD_REQUEST, job, preset, again, given, faults, List.of());
        }
        try {
            catalogue.checkNames(job, given.keySet());
            var parameters = job.parameters().resolve(Map.of(), given);
            if (asked.containsKey("dry")) {
                return show(HttpStatus.OK, job, preset, again, given, Map.of(), plan(job, parameters, again));
            }
            var launched = launching.start(new RunRequest(job, parameters, again));
            var outcome = launched.outcome().getNow(null);
            boolean unchanged = outcome != null && outcome.ending() == Ending.UNCHANGED;
            return ActionController.to("/runs/" + launched.run() + (unchanged ? "?said=unchanged" : ""));
        } catch (UserException e) {
            var status = e instanceof UsageException ? HttpStatus.BAD_REQUEST : HttpStatus.CONFLICT;
            var about = e instanceof UsageException ? LaunchForm.about(e.getMessage(), job, given) : "";
            return show(status, job, preset, again, given, Map.of(about, e.getMessage()), List.of());
        }
    }

    private ResponseEntity<String> show(
            HttpStatus status,
            JobDefinition job,
            String preset,
            boolean again,
            Map<String, String> given,
            Map<String, String> faults,
            List<String> plan) {
        var form = LaunchForm.of(job, project.config().presetsOf(job.name()), preset, again, given, faults, plan);
        return views.show(status, "launch", "Launch " + job.name(), "launch", Map.of("form", form));
    }

    private List<String> plan(JobDefinition job, ParameterSet parameters, boolean again) {
        var lines = new ArrayList<String>();
        var dry = new DryRun(catalogue, project);
        var plan = dry.plan(job, parameters, again, lines::add);
        lines.add(plan.words());
        plan.finished()
                .forEach(artifact -> lines.add("%s %s: unchanged since run %d"
                        .formatted(artifact.kind().word(), artifact.name(), artifact.run())));
        if (!plan.complete() && !launching.underWay().isEmpty()) {
            lines.add("what it would take is not measured while a run is under way here");
        } else if (!plan.complete()) {
            lines.addAll(dry.forecast(job, parameters, again));
        }
        lines.add(plan.steps().stream()
                .map(step -> step.name() + " (" + plan.soFar(step.name()) + ")")
                .collect(Collectors.joining(", ", "steps: ", "")));
        return lines;
    }

    /** What stands in the form's fields. An empty one is left at its default. */
    private static Map<String, String> typed(Map<String, String> asked) {
        var typed = new LinkedHashMap<String, String>();
        asked.forEach((name, value) -> {
            if (name.startsWith(LaunchForm.MARK) && !value.isBlank()) {
                typed.put(name.substring(LaunchForm.MARK.length()), value);
            }
        });
        return typed;
    }

    private Map<String, String> changed(JobDefinition job, long run) {
        var details = launching.read(
                database -> new RunHistory(database).run(run).orElseThrow(() -> UsageException.noRun(run)));
        var changed = new LinkedHashMap<String, String>();
        for (var one : ChangedParameters.of(catalogue, job.name(), details.parameters())) {
            if (one.byDefault() != null) {
                changed.put(one.name(), one.value());
            }
        }
        return changed;
    }

    private Preset preset(JobDefinition job, String name) {
        var preset = project.config().preset(name);
        if (!preset.job().equals(job.name())) {
            throw new UsageException("preset '%s' is of job %s".formatted(name, preset.job()));
        }
        return preset;
    }
}
