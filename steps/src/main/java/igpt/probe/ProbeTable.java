package igpt.probe;

import igpt.schema.artifact.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accuracy by layer, next to the baselines, as text. */
final class ProbeTable {
    private ProbeTable() {}

    static List<String> lines(List<Probe> probes) {
        Map<Integer, Map<String, Probe>> byLayer = new TreeMap<>();
        for (Probe probe : probes) {
            if (probe.network().equals(ProbedLayers.CONCAT)) {
                continue; // has a line of its own
            }
            byLayer.computeIfAbsent(probe.layer(), layer -> new TreeMap<>()).put(probe.network(), probe);
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("test accuracy of a linear probe, % (* the best layer on validation images)");
        if (probes.stream().anyMatch(probe -> probe.voteAccuracy() != null)) {
            lines.add("of one mask an image / of the vote of several");
        }
        lines.add("%-8s %14s %14s %14s".formatted("layer", "pre-trained", "untrained", "raw pixels"));
        byLayer.forEach((layer, row) -> lines.add("%-8d %14s %14s %14s"
                .formatted(layer, cell(row.get("trained")), cell(row.get("untrained")), cell(row.get("pixels")))));
        return lines;
    }

    /** Several layers side by side. */
    static String line(ProbedLayers layers, Probe probe) {
        return "%s: %s".formatted(layers.words(), cell(probe.marked(false)).strip());
    }

    private static String cell(@Nullable Probe probe) {
        if (probe == null || probe.testAccuracy() == null) {
            return "";
        }
        String mark = probe.best() && !probe.network().equals("pixels") ? "*" : " ";
        Double vote = probe.voteAccuracy();
        return percent(probe.testAccuracy()) + (vote == null ? "" : " / " + percent(vote)) + mark;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }
}
