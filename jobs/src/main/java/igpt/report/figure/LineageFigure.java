package igpt.report.figure;

import igpt.report.chart.Diagram;
import igpt.report.chart.Diagram.Arrow;
import igpt.report.chart.Diagram.Box;
import igpt.report.chart.Figure;
import igpt.report.chart.Ink;
import igpt.schema.artifact.Artifact;
import igpt.schema.run.Lineage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which artifact was made from which. */
final class LineageFigure {
    private static final Map<String, Ink> INKS = Map.of(
            "DATASET",
            Ink.GREEN,
            "MODEL",
            Ink.BLUE,
            "FEATURES",
            Ink.MUTED,
            "PROBE",
            Ink.VERMILION,
            "CLASSIFIER",
            Ink.PURPLE);

    private LineageFigure() {}

    /** @param own the runs that the report is about */
    static Optional<Figure> of(Lineage lineage, Set<Long> own) {
        if (lineage.artifacts().isEmpty()) {
            return Optional.empty();
        }
        var boxes = lineage.artifacts().stream()
                .map(artifact -> new Box(
                        artifact.id(),
                        artifact.kind().word(),
                        artifact.name(),
                        "run " + artifact.run() + (artifact.complete() ? "" : ", not complete"),
                        INKS.getOrDefault(artifact.kind().name(), Ink.ORANGE),
                        artifact.complete()))
                .toList();
        var arrows = lineage.edges().stream()
                .map(edge -> new Arrow(edge.input(), edge.made()))
                .toList();
        boolean others = lineage.artifacts().stream().anyMatch(artifact -> !own.contains(artifact.run()));
        return Optional.of(new Figure(
                "lineage",
                "What was made from what",
                "Each box is an artifact, with the run that made it; an arrow leads from what was used to what was made of"
                        + " it; what a longer way of arrows says already has none of its own. A dashed box is not complete."
                        + (others ? " Some were there already, from runs before this one." : ""),
                said(lineage),
                new Diagram(boxes, arrows)));
    }

    private static String said(Lineage lineage) {
        var byId = lineage.artifacts().stream().collect(Collectors.toMap(Artifact::id, Function.identity()));
        return lineage.artifacts().stream()
                .map(made -> {
                    var from = lineage.edges().stream()
                            .filter(edge -> edge.made() == made.id())
                            .map(edge -> name(Objects.requireNonNull(byId.get(edge.input()))))
                            .collect(Collectors.joining(" and "));
                    return name(made) + (from.isEmpty() ? "" : " from " + from);
                })
                .collect(Collectors.joining("; ", "", "."));
    }

    private static String name(Artifact artifact) {
        return "%s %s of run %d".formatted(artifact.kind().word(), artifact.name(), artifact.run());
    }
}
