/** A model as an ONNX graph, for whoever serves models. */
@NullMarked
package igpt.onnx;

import org.jspecify.annotations.NullMarked;
