/** Pictures to sequences of tokens and back. The palette is the first kind: a token a pixel (section 3.1 of the paper). */
@NullMarked
package igpt.tokenizer;

import org.jspecify.annotations.NullMarked;
