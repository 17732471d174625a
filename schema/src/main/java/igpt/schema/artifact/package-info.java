/** What runs make, and the results that belong to it. */
@NullMarked
package igpt.schema.artifact;

import org.jspecify.annotations.NullMarked;
