package igpt.report.chart;

/** @param name with its unit: {@code test accuracy, %} */
public record Axis(String name, Scale scale) {

    /** How numbers lie on it. */
    public enum Scale {
        /** From a little below the least to a little above the greatest. */
        LINEAR,
        /** The same, the greatest first. */
        FALLING,
        /** From nought. */
        FROM_ZERO,
        /** Ticks at whole numbers alone. */
        WHOLE,
        /** By powers of ten. */
        LOGARITHMIC
    }
}
