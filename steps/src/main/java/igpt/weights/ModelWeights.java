package igpt.weights;

import igpt.model.ModelConfig;
import igpt.schema.UserException;
import java.io.IOException;

/** A model's weights wherever they are kept, in our own names and shapes ({@link igpt.model.Weights}), read one at a time. */
public interface ModelWeights {
    ModelConfig config();

    /** Of the classifier that comes with the model; 0: there is none. */
    int classes();

    /**
     * A weight's numbers, row by row; of the model or, if there are classes, of the head.
     *
     * @param weight its name
     * @throws UserException if they are damaged
     */
    float[] read(String weight) throws IOException;
}
