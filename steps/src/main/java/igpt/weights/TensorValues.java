package igpt.weights;

import java.io.IOException;

/** Gives the numbers of a tensor that is to be written, row by row. */
@FunctionalInterface
interface TensorValues {
    float[] of(String tensor) throws IOException;
}
