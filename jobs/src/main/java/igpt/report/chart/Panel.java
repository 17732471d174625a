package igpt.report.chart;

import java.util.List;

/** One of a chart's fields, which lie one below the other along the same horizontal axis. */
public record Panel(Axis y, List<Series> series, int weight) {
    public Panel {
        series = List.copyOf(series);
    }

    public static Panel of(Axis y, List<Series> series) {
        return new Panel(y, series, 1);
    }
}
