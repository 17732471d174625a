package igpt.recipe;

import igpt.config.Nearest;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import igpt.schema.run.PastRuns;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks up what a user names, before a run is launched.
 *
 * @param say tells the user of each choice made for them: {@code dataset shapes (run 3)}
 */
public record Lookup(Project project, JdbcClient jdbc, Consumer<String> say) {

    public Artifacts artifacts() {
        return new Artifacts(jdbc);
    }

    /**
     * An artifact by "newest", a run's number or a name. It is complete, unless it is found by its run's number.
     *
     * @param maker the job that makes artifacts of this kind
     * @throws UsageException if there is none
     */
    public Artifact artifact(Kind kind, String selector, String maker) {
        var what = kind.word();
        if (selector.equals("newest")) {
            return artifacts()
                    .newest(kind)
                    .orElseThrow(() -> new UsageException("there is no %s yet: ./igpt run %s".formatted(what, maker)));
        }
        if (isNumber(selector)) {
            long run = number(what, selector);
            return artifacts().ofRun(kind, run).orElseThrow(() -> madeNone(run, what));
        }
        return artifacts()
                .named(kind, selector)
                .orElseThrow(() -> new UsageException("unknown " + what + " '" + selector + "'"
                        + Nearest.hint(selector, artifacts().names(kind))));
    }

    /** @throws IllegalStateException if it is not there */
    public Artifact artifact(Input input) {
        var wanted = input.artifact().orElseThrow();
        return artifacts()
                .find(wanted.kind(), wanted.fingerprint())
                .orElseThrow(() -> new IllegalStateException("no " + wanted));
    }

    private UsageException madeNone(long run, String what) {
        return new PastRuns(jdbc)
                .job(run)
                .map(job -> new UsageException("run %d (%s) made no %s".formatted(run, job, what)))
                .orElseGet(() -> UsageException.noRun(run));
    }

    public static boolean isNumber(String selector) {
        return selector.matches("\\d+");
    }

    /** @throws UsageException if it is not a whole number, or too large */
    public static long number(String what, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException(what + " cannot be '" + text + "': it must be a whole number", e);
        }
    }
}
