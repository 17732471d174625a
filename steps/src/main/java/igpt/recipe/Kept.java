package igpt.recipe;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * What a step makes at its first call and keeps from call to call: an open network, a training. As the step's listener
 * it gives it up when the step ends, however it ends.
 */
public final class Kept<T> implements StepExecutionListener {
    private final Consumer<T> close;
    private @Nullable T value;

    /** @param close what its end takes */
    public Kept(Consumer<T> close) {
        this.close = close;
    }

    /** Of something that is only to be forgotten. */
    public Kept() {
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

    /** The next call makes it again. */
    public void giveUp() {
        if (value != null) {
            close.accept(value);
            value = null;
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        giveUp();
        return null;
    }
}
