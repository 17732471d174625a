/**
 * What a user may set: how parameters are declared and checked, models and presets. No framework. A job's parameters are
 * records that validate themselves, each in its stage.
 */
@NullMarked
package igpt.config;

import org.jspecify.annotations.NullMarked;
