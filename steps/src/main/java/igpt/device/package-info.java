/** What networks are computed on: processors, GPUs and their libraries, and the memory that a training takes there. */
@NullMarked
package igpt.device;

import org.jspecify.annotations.NullMarked;
