/** Pages of HTML: what they hold, and how they are written. The templates stand in {@code src/main/jte}. */
@NullMarked
package igpt.report.html;

import org.jspecify.annotations.NullMarked;
