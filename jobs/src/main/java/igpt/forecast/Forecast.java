package igpt.forecast;

import igpt.device.MemoryNeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a run will ask of the machine, as far as that is known.
 *
 * @param training seconds of all that it trains
 * @param pace one iteration's seconds, and how that is known: {@code 0.14 s each, as in run 3}; empty if it trains nothing
 * @param rest seconds of all other steps, and of all steps where nothing is trained
 * @param like how that is known: {@code as run 3 took}
 * @param launching steps whose own runs train, which is not in {@code training}
 * @param memory that its training needs, and what is free; null if it trains nothing
 * @param disk bytes that its files take at most
 * @param room bytes that are free where they go
 */
public record Forecast(
        OptionalDouble training,
        String pace,
        OptionalDouble rest,
        String like,
        List<String> launching,
        OptionalLong memory,
        long available,
        OptionalLong disk,
        long room) {
    private static final double DAY = 24 * 60 * 60;

    public List<String> lines() {
        var lines = new ArrayList<>(List.of("time: " + time()));
        memory.ifPresent(needed ->
                lines.add("memory: about %s to train, and %s are free".formatted(gib(needed), gib(available))));
        disk.ifPresent(needed ->
                lines.add("disk: %s at most for what it keeps, and %s are free".formatted(gib(needed), gib(room))));
        return lines;
    }

    private String time() {
        var words = new ArrayList<String>();
        if (training.isPresent()) {
            words.add("about %s to train (%s)".formatted(Durations.words(training.getAsDouble()), pace));
        } else if (!pace.isEmpty()) {
            words.add(pace);
        }
        words.add(
                rest.isPresent()
                        ? "about %s for %s, %s"
                                .formatted(
                                        Durations.words(rest.getAsDouble()),
                                        pace.isEmpty() ? "all steps" : "the other steps",
                                        like)
                        : "%s%s: not known, no complete run was like it"
                                .formatted(
                                        pace.isEmpty() ? "its steps" : "the other steps",
                                        launching.isEmpty()
                                                ? ""
                                                : ", and what is trained in " + String.join(", ", launching)));
        return String.join("; ", words);
    }

    /** What the user may want to know before it begins, rather than days later. */
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        double seconds = training.orElse(0) + rest.orElse(0);
        if (seconds > DAY) {
            warnings.add("this will take about %s (%s)"
                    .formatted(Durations.words(seconds), training.isPresent() ? pace : like));
        }
        if (disk.isPresent() && disk.getAsLong() > room) {
            warnings.add("this may need %s of disk, and %s are free: make room, or choose another folder with IGPT_RUNS"
                    .formatted(gib(disk.getAsLong()), gib(room)));
        }
        return warnings;
    }

    private static String gib(long bytes) {
        return bytes < MemoryNeeds.GIB
                ? "%.0f MiB".formatted(Math.ceil(bytes / (double) (1 << 20)))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) MemoryNeeds.GIB);
    }
}
