/** The paper's tables and figures with our numbers next to the published ones. */
@NullMarked
package igpt.report;

import org.jspecify.annotations.NullMarked;
