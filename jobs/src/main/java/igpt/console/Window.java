package igpt.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import sun.misc.Signal;

/** A terminal's window, whose size may change while the program runs: the kernel says when. */
final class Window implements IntSupplier {

    private static final Signal RESIZED = new Signal("WINCH");

    private volatile int columns;

    private Window(int columns) {
        this.columns = columns;
    }

    /** @param columns at first */
    static Window follow(int columns) {
        var window = new Window(columns);
        try {
            Signal.handle(RESIZED, signal -> window.columns = ask(window.columns));
        } catch (IllegalArgumentException notHere) {
            // Then it stays as it is.
        }
        return window;
    }

    @Override
    public int getAsInt() {
        return columns;
    }

    /** The shell's own way; Java has none. */
    private static int ask(int otherwise) {
        try {
            var asked = new ProcessBuilder("sh", "-c", "stty size </dev/tty").start();
            var answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int columns = asked.waitFor(1, TimeUnit.SECONDS) && asked.exitValue() == 0
                    ? Integer.parseInt(answer.replaceFirst(".* ", ""))
                    : 0;
            return columns > 0 ? columns : otherwise;
        } catch (IOException | NumberFormatException unknown) {
            return otherwise;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
