/** How fast the program is on this machine, beside what the machine could do. */
@NullMarked
package igpt.bench;

import org.jspecify.annotations.NullMarked;
