/**
 * Models in a program of the user's own: {@link igpt.api.Encoder} opens what {@code igpt run export} made. These classes keep
 * their names and what they mean from version to version; nothing else does.
 */
@NullMarked
package igpt.api;

import org.jspecify.annotations.NullMarked;
