/** The report's figures: which numbers each shows, and what is said of them. */
@NullMarked
package igpt.report.figure;

import org.jspecify.annotations.NullMarked;
