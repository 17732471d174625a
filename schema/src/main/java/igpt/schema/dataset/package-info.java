/** What is known of a dataset: its parts, classes, findings and skipped images. */
@NullMarked
package igpt.schema.dataset;

import org.jspecify.annotations.NullMarked;
