/** What is fitted to features or fine-tuned: features by layer, probes, classifiers. */
@NullMarked
package igpt.schema.artifact.classifier;

import org.jspecify.annotations.NullMarked;
