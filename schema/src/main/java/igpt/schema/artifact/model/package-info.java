/** Models, trained here or imported, and their checkpoints. */
@NullMarked
package igpt.schema.artifact.model;

import org.jspecify.annotations.NullMarked;
