/** What a user may set: job parameters, models and presets. Records that validate themselves; no framework. */
@NullMarked
package igpt.config;

import org.jspecify.annotations.NullMarked;
