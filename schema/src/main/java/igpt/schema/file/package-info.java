/** Files that are whole or not there: atomic writing, checksums, .npy. */
@NullMarked
package igpt.schema.file;

import org.jspecify.annotations.NullMarked;
