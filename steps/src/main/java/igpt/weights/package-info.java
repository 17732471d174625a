/** Published weights: the files they are kept in, and how OpenAI's and Hugging Face's layouts map to ours. */
@NullMarked
package igpt.weights;

import org.jspecify.annotations.NullMarked;
