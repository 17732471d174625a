/** What decides how results are rounded, apart from parameters and inputs. */
@NullMarked
package igpt.runtime;

import org.jspecify.annotations.NullMarked;
