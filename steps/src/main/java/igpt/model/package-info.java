/**
 * The paper's Transformer (section 2.2) as formulas, each with its gradient. Start reading at {@link
 * igpt.model.Transformer}; then {@code Embedding}, {@code Block}, {@code Attention}, {@code GenerativeLoss}, {@code
 * ClassificationLoss}. A name like {@code byWeight} is the gradient of the loss with respect to a weight.
 */
@NullMarked
package igpt.model;

import org.jspecify.annotations.NullMarked;
