package igpt.console;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What else of the paper a run was asked for, beside its job: nothing, unless it says so. */
public final class AskedFor {
    /** The parameter that asks. */
    public static final String EXPERIMENTS = "experiments";

    private static final Pattern IN_PARAMETERS = Pattern.compile("(?:^| )" + EXPERIMENTS + "=(\\S+)");

    private AskedFor() {}

    /** A line about it. */
    public static String line(String experiments) {
        return EXPERIMENTS + ": " + (experiments.isBlank() ? "none asked for" : experiments);
    }

    /** @param parameters of a run, {@code name=value name=value} */
    public static Optional<String> of(@Nullable String parameters) {
        var found = IN_PARAMETERS.matcher(Objects.requireNonNullElse(parameters, ""));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
