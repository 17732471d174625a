package igpt.report.figure;

import igpt.recipe.StandardError;
import igpt.report.chart.BarChart;
import igpt.report.chart.BarChart.Bar;
import igpt.report.chart.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Figure 4: the two objectives, before and after fine-tuning. */
final class ObjectiveFigure {
    private ObjectiveFigure() {}

    /** Empty unless there are two results to compare. */
    static Optional<Figure> of(Results results) {
        var bars = new ArrayList<Bar>();
        for (var probed : results.probes()) {
            if (probed.isFinal()) {
                var best = probed.best();
                bars.add(bar(
                        probed.model() + ", " + best.dataset(),
                        "linear probe",
                        Objects.requireNonNullElse(best.vote(), best.accuracy()),
                        best.images()));
            }
        }
        for (var tested : results.classifiers()) {
            boolean random = tested.start().equals("random");
            var accuracy = Objects.requireNonNullElse(
                    tested.vote(), Objects.requireNonNull(tested.accuracy(), "only tested ones are results"));
            bars.add(bar(
                    Results.model(tested) + ", " + tested.dataset(),
                    random ? "fine-tuned from random weights" : "fine-tuned",
                    accuracy,
                    tested.images()));
        }
        if (bars.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                "probe-and-fine-tuning",
                "Linear probe and fine-tuning (Figure 4 of the paper)",
                "For each model: the accuracy of a linear classifier on its best layer, and that of the whole network after"
                        + " fine-tuning; from random weights is what fine-tuning reaches without pre-training."
                        + " AR models predict the next pixel, BERT models hidden ones; a BERT's answer is the vote of"
                        + " several masks. Bars show one standard error up and down.",
                "Test accuracy in per cent. " + said(bars),
                new BarChart("model and images", "test accuracy, %", bars)));
    }

    private static Bar bar(String group, String kind, double percent, long images) {
        return new Bar(group, kind, percent, StandardError.ofPercent(percent, images));
    }

    private static String said(List<Bar> bars) {
        return bars.stream()
                .map(bar -> "%s, %s: %s.".formatted(bar.group(), bar.kind(), Words.hundredths(bar.value())))
                .collect(Collectors.joining(" "));
    }
}
