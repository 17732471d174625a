/** How fast the program is on this machine, and how fast the machine could be. */
@NullMarked
package igpt.bench;

import org.jspecify.annotations.NullMarked;
