package igpt.probe;

import igpt.recipe.StandardError;
import igpt.schema.Counts;
import igpt.schema.artifact.classifier.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accuracy by layer, next to the baselines, as text.
 *
 * @param images that were tested on
 */
record ProbeTable(List<Probe> probes, long images) {
    private static final List<String> NETWORKS = List.of("trained", "untrained", "pixels");
    private static final List<String> NAMES = List.of("pre-trained", "untrained", "raw pixels");

    List<String> lines() {
        Map<Integer, Map<String, Probe>> byLayer = new TreeMap<>();
        for (Probe probe : probes) {
            if (probe.network().equals(ProbedLayers.CONCAT)) {
                continue; // has a line of its own
            }
            byLayer.computeIfAbsent(probe.layer(), layer -> new TreeMap<>()).put(probe.network(), probe);
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("test accuracy of a linear probe, %% of %s (± standard error; * the best layer on validation images)"
                .formatted(Counts.of(images, "image")));
        if (probes.stream().anyMatch(probe -> probe.voteAccuracy() != null)) {
            lines.add("of one mask an image / of the vote of several");
        }
        int width = Stream.concat(NAMES.stream(), probes.stream().map(this::cell))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        lines.add("%-8s".formatted("layer")
                + row(NAMES.stream().map(name -> name + " ").toList(), width));
        byLayer.forEach((layer, row) -> lines.add("%-8d".formatted(layer)
                + row(NETWORKS.stream().map(row::get).map(this::cell).toList(), width)));
        return lines;
    }

    private static String row(List<String> cells, int width) {
        StringBuilder row = new StringBuilder();
        cells.forEach(cell ->
                row.append("  ").append(" ".repeat(width - cell.length())).append(cell));
        return row.toString().stripTrailing();
    }

    /** Several layers side by side. */
    String line(ProbedLayers layers, Probe probe) {
        return "%s: %s".formatted(layers.words(), cell(probe.marked(false)).strip());
    }

    private String cell(@Nullable Probe probe) {
        if (probe == null || probe.testAccuracy() == null) {
            return "";
        }
        String mark = probe.best() && !probe.network().equals("pixels") ? "*" : " ";
        Double vote = probe.voteAccuracy();
        return percent(probe.testAccuracy()) + (vote == null ? "" : " / " + percent(vote)) + mark;
    }

    private String percent(double share) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * share, 100 * StandardError.of(share, images));
    }
}
