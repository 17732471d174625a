/** A model as TensorFlow runs it: functions compiled once, sessions, copies of the weights, parts of a batch, gradients. */
@NullMarked
package igpt.graph;

import org.jspecify.annotations.NullMarked;
