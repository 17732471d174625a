package igpt.model;

import org.tensorflow.op.Ops;

/** Turns parts of a model into functions that are compiled once and called often: a block in every layer. */
public interface Functions {
    /** A function's operations, in a graph of its own. */
    interface Body {
        Tensors of(Ops tf, Tensors inputs);
    }

    /**
     * Calls a function; the first call of a name defines it. Later calls must have inputs of the same names.
     *
     * @param inputs the function must use all of them
     */
    Tensors call(Ops tf, String name, Tensors inputs, Body body);
}
