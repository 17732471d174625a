@NullMarked
package igpt.schema;

import org.jspecify.annotations.NullMarked;
