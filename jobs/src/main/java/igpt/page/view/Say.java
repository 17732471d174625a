package igpt.page.view;

import igpt.console.AskedFor;
import igpt.forecast.Durations;
import igpt.schema.query.UserZone;
import igpt.schema.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values in words, for templates. */
public final class Say {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter MACHINE = DateTimeFormatter.ISO_INSTANT;
    private static final Set<String> LIVE = Set.of("STARTING", "STARTED", "STOPPING", "UNKNOWN");
    private static final Set<String> RESUMABLE = Set.of("FAILED", "STOPPED", Run.KILLED);

    private Say() {}

    public static String at(@Nullable Instant time) {
        return time == null ? "" : DAY.format(time.atZone(UserZone.get()));
    }

    /** For {@code datetime} of the element {@code time}. */
    public static String machine(Instant time) {
        return MACHINE.format(time);
    }

    public static String took(double seconds) {
        return Durations.words(seconds);
    }

    /** Of an attempt that is under way, to now. */
    public static String took(Run run) {
        return Durations.words(
                isLive(run) ? Duration.between(run.started(), Instant.now()).toSeconds() : run.seconds());
    }

    /** {@code Completed}. */
    public static String status(@Nullable String status) {
        if (status == null) {
            return "Not begun";
        }
        return switch (status) {
            case "STARTED" -> "Running";
            default -> status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT);
        };
    }

    /** Of a run whose process has not been heard of for a while, that. */
    public static String status(Run run) {
        return run.silent() ? "Silent" : status(run.status());
    }

    /** As a class of CSS. */
    public static String kind(Run run) {
        return run.silent() ? "silent" : kind(run.status());
    }

    /** As a class of CSS. */
    public static String kind(@Nullable String status) {
        return status == null ? "none" : status.toLowerCase(Locale.ROOT);
    }

    /** {@code 41.2 images/s · 3 min left · loss 2.31}, as far as it is known; empty if nothing is. */
    public static String pace(Run run) {
        var live = run.live();
        if (live == null) {
            return "";
        }
        var words = new ArrayList<String>();
        if (live.rate() != null && live.rate() > 0) {
            words.add("%s %s/s".formatted(rounded(live.rate()), Objects.requireNonNullElse(live.rateUnit(), "")));
        }
        if (live.secondsLeft() != null) {
            words.add(Durations.words(live.secondsLeft()) + " left");
        }
        if (live.loss() != null) {
            words.add("loss " + loss(live.loss()));
        }
        return String.join(" · ", words);
    }

    private static String rounded(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : rate < 100 ? "%.1f" : "%,.0f", rate);
    }

    public static boolean isLive(Run run) {
        return LIVE.contains(run.status());
    }

    public static boolean isResumable(Run run) {
        return RESUMABLE.contains(run.status());
    }

    /** With what it was asked for on top: {@code reproduce + bert, lowdata}. */
    public static String job(Run run) {
        return run.job()
                + AskedFor.of(run.parameters())
                        .map(asked -> " + " + asked.replace(",", ", "))
                        .orElse("");
    }

    public static String loss(@Nullable Double loss) {
        return loss == null ? "" : String.format(Locale.ROOT, "%.4f", loss);
    }

    public static String line(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
