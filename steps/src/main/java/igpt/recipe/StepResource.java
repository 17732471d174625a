package igpt.recipe;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * What a step opens at its first call and keeps open from call to call: a network, a training. Whoever asks for one gets one
 * of its own. It is also the step's listener, so that it is closed when the step ends, however it ends: for that it has to be
 * a component of the step's record.
 */
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public final class StepResource<T> implements StepExecutionListener {
    private @Nullable T value;

    /** Opens a file, a network and the like. */
    @FunctionalInterface
    public interface Maker<T> {
        T make() throws IOException;
    }

    /** All that a step has been given, to be told of its end. */
    public static List<StepResource<?>> of(RunStep step) {
        if (!step.getClass().isRecord()) {
            return List.of();
        }
        return Arrays.stream(step.getClass().getRecordComponents())
                .filter(component -> component.getType() == StepResource.class)
                .<StepResource<?>>map(component -> (StepResource<?>) read(component, step))
                .toList();
    }

    private static Object read(RecordComponent component, RunStep step) {
        try {
            component.getAccessor().setAccessible(true); // the record may be its package's alone
            return component.getAccessor().invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    public T get(Maker<T> maker) throws IOException {
        var kept = value;
        if (kept == null) {
            kept = maker.make();
            value = kept;
        }
        return kept;
    }

    /** Closes it now, or forgets it if there is nothing to close; the next call opens it again. */
    public void release() {
        var kept = value;
        value = null;
        if (kept instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(kept + " cannot be closed", e);
            }
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        release();
        return null;
    }
}
