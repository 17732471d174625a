/** Who may work on a run: locks, the process that holds one, and connections that check it. */
@NullMarked
package igpt.schema.lock;

import org.jspecify.annotations.NullMarked;
