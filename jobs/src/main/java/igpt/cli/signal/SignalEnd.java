package igpt.cli.signal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The end of a process by a signal, as if it had no handler. Not by {@code exit} or {@code halt}: both run the
 * destructors of TensorFlow's library under the feet of its threads, which ends in SIGABRT or SIGSEGV now and then.
 */
public final class SignalEnd {
    private static final Logger LOG = LoggerFactory.getLogger(SignalEnd.class);

    private static final int SHELL_OFFSET = 128; // exit code of a process that a signal ended
    private static final long ENOUGH_MILLIS = 1000;

    private SignalEnd() {}

    /** Does not return. */
    public static void of(Signal signal) {
        Signal.handle(signal, SignalHandler.SIG_DFL);
        try {
            // Java raises no signal that it does not handle.
            var pid = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal.getName(), pid).start();
            Thread.sleep(ENOUGH_MILLIS); // the first process of a container lives on
        } catch (IOException e) {
            LOG.error("the process cannot signal itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(SHELL_OFFSET + signal.getNumber());
    }
}
