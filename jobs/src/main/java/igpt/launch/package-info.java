/** What can be launched, and how: runs and those that they launch, each under its lock, told to whoever listens. */
@NullMarked
package igpt.launch;

import org.jspecify.annotations.NullMarked;
