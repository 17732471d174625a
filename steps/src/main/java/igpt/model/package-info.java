@NullMarked
package igpt.model;

import org.jspecify.annotations.NullMarked;
