package igpt.model;

import org.tensorflow.op.Ops;

/** Makes functions of a model's parts, each to be compiled once and called often: a block by every layer. */
public interface Functions {
    /** What a function does, in operations of a graph of its own. */
    interface Body {
        Tensors of(Ops tf, Tensors inputs);
    }

    /**
     * Calls a function; the first call of a name defines it. Later calls have as many inputs, of the same names.
     *
     * @param inputs all of which it uses
     */
    Tensors call(Ops tf, String name, Tensors inputs, Body body);
}
