package igpt.cli;

import igpt.config.Nearest;
import igpt.config.UsageException;
import igpt.console.AskedFor;
import igpt.console.Table;
import igpt.forecast.Durations;
import igpt.schema.db.RunsFolder;
import igpt.schema.query.UserZone;
import igpt.schema.run.Live;
import igpt.schema.run.Run;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "runs", description = "List the runs, the newest first.")
final class RunsCommand implements Callable<Integer> {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");
    private static final List<String> STATUSES =
            List.of("COMPLETED", "FAILED", "STOPPED", "STARTING", "STARTED", "STOPPING", "KILLED");

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Option(names = "--job", description = "Only of this job.")
    private @Nullable String job;

    @Option(names = "--status", description = "Only of this status: completed, failed, stopped, started, killed.")
    private @Nullable String status;

    @Option(names = "--since", description = "Only begun since then: 30m, 2h, 7d, 2026-01-31, or 2026-01-31T12:00.")
    private @Nullable String since;

    @Option(names = "--limit", description = "At most this many (default: 20).")
    private int limit = 20;

    @Mixin
    private FormatOption output = new FormatOption();

    RunsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (job != null) {
            session.catalogue().named(job);
        }
        if (limit < 1) {
            throw new UsageException("--limit cannot be " + limit + ": it must be at least 1");
        }
        var filter = new RunFilter(
                job,
                status == null ? null : known(status.toUpperCase(Locale.ROOT)),
                since == null ? null : begin(since),
                limit);
        var runs = session.ask(database -> new RunHistory(database).runs(filter));
        boolean all = job == null && status == null && since == null;
        if (runs.isEmpty() && all) {
            RunsFolder.checkNoRuns(session.project().database());
        }
        if (runs.isEmpty() && output.format == Format.TABLE) {
            session.out().println("no runs");
        } else {
            output.format.print(output.format == Format.TABLE ? forPeople(runs) : whole(runs), session);
        }
        return 0;
    }

    private static String known(String status) {
        if (STATUSES.contains(status)) {
            return status;
        }
        throw new UsageException("unknown status '" + status + "'" + Nearest.hint(status, STATUSES));
    }

    private static Table forPeople(List<Run> runs) {
        var table = Table.of("run", "job", "status", "step", "progress", "started", "took", "loss", "parent");
        for (var run : runs) {
            table.row(
                    run.run(),
                    job(run),
                    run.silent() ? run.status() + ", silent" : run.status(),
                    run.step(),
                    progress(run),
                    run.started(),
                    Durations.words(run.seconds()),
                    run.live() == null || run.live().loss() == null
                            ? run.lastLoss()
                            : run.live().loss(),
                    run.parent());
        }
        return table;
    }

    /** {@code 300 / 900 iterations, 12 min left}; of a run that does not go on, without the latter. */
    static @Nullable String progress(Run run) {
        var live = run.live();
        return run.progress() == null || live == null || live.secondsLeft() == null
                ? run.progress()
                : run.progress() + ", " + Durations.words(live.secondsLeft()) + " left";
    }

    /** With what it was asked for on top: {@code reproduce +bert,lowdata}. */
    private static String job(Run run) {
        return run.job()
                + AskedFor.of(run.parameters()).map(asked -> " +" + asked).orElse("");
    }

    static Table whole(List<Run> runs) {
        var table = Table.of(
                "run",
                "attempt",
                "job",
                "status",
                "step",
                "progress",
                "started",
                "ended",
                "seconds",
                "last_loss",
                "parameters",
                "exit_message",
                "parent",
                "rate",
                "rate_unit",
                "seconds_left",
                "loss",
                "heard",
                "silent");
        for (var run : runs) {
            table.row(
                    run.run(),
                    run.attempt(),
                    run.job(),
                    run.status(),
                    run.step(),
                    run.progress(),
                    run.started(),
                    run.ended(),
                    run.seconds(),
                    run.lastLoss(),
                    run.parameters(),
                    run.exitMessage(),
                    run.parent(),
                    run.live(Live::rate),
                    run.live(Live::rateUnit),
                    run.live(Live::secondsLeft),
                    run.live(Live::loss),
                    run.live(Live::heard),
                    run.live(Live::silent));
        }
        return table;
    }

    private static Instant begin(String since) {
        var ago = AGO.matcher(since);
        if (!ago.matches()) {
            return moment(since).atZone(UserZone.get()).toInstant();
        }
        long count = Long.parseLong(ago.group(1));
        var span =
                switch (ago.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        return Instant.now().minus(span);
    }

    private static LocalDateTime moment(String since) {
        try {
            return since.contains(":")
                    ? LocalDateTime.parse(since.replace(' ', 'T'))
                    : LocalDate.parse(since).atStartOfDay();
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--since cannot be '" + since
                            + "': give 30m, 2h, 7d, a day as 2026-01-31, or a time as 2026-01-31T12:00",
                    e);
        }
    }
}
