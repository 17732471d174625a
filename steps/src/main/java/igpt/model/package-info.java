/**
 * The paper's Transformer (section 2.2), as formulas: each with the gradient that belongs to it. Start reading at {@link
 * igpt.model.Transformer}; then {@code Embedding}, {@code Block}, {@code Attention}, {@code GenerativeLoss}, {@code
 * ClassificationLoss}.
 */
@NullMarked
package igpt.model;

import org.jspecify.annotations.NullMarked;
