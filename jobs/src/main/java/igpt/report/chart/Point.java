package igpt.report.chart;

/**
 * A measured number.
 *
 * @param error drawn as a bar of as much above and below; 0: none
 * @param label next to it; empty: none
 */
public record Point(double x, double y, double error, String label) {
    public static Point of(double x, double y) {
        return new Point(x, y, 0, "");
    }
}
