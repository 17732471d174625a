package igpt.recipe;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * What a step opens at its first call and keeps open from call to call: a network, a training. It is also the step's
 * listener, so that it is closed when the step ends, however it ends.
 */
public final class StepResource<T> implements StepExecutionListener {
    private final Consumer<T> close;
    private @Nullable T value;

    /** @param close called at the end */
    public StepResource(Consumer<T> close) {
        this.close = close;
    }

    /** For something that only has to be forgotten. */
    public StepResource() {
        this(value -> {});
    }

    /** Opens a file, a network and the like. */
    @FunctionalInterface
    public interface Maker<T> {
        T make() throws IOException;
    }

    public T get(Maker<T> maker) throws IOException {
        T kept = value;
        if (kept == null) {
            kept = maker.make();
            value = kept;
        }
        return kept;
    }

    /** Closes it now; the next call opens it again. */
    public void release() {
        if (value != null) {
            close.accept(value);
            value = null;
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        release();
        return null;
    }
}
