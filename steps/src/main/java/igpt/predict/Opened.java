package igpt.predict;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A model and the images that it is shown, open from call to call of a step. */
record Opened(ModelParts model, Predictor predictor, ShownImages images) implements AutoCloseable {

    @Override
    public void close() {
        predictor.close();
        try {
            images.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
