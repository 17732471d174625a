/** Drawings of numbers: what they hold, and how they become SVG and PNG. Nothing here knows a database. */
@NullMarked
package igpt.report.chart;

import org.jspecify.annotations.NullMarked;
