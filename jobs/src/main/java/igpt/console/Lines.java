package igpt.console;

import java.io.PrintStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream on which a line is a line: {@code println} prints its text so that nothing in it steers the terminal or begins
 * another line. What is meant to do so, as a progress bar, is printed with {@code print}.
 */
public final class Lines extends PrintStream {

    private final PrintStream stream;

    private Lines(PrintStream stream) {
        super(stream, true);
        this.stream = stream;
    }

    public static Lines of(PrintStream stream) {
        return stream instanceof Lines lines ? lines : new Lines(stream);
    }

    @Override
    public void println(@Nullable String line) {
        stream.println(Printable.of(String.valueOf(line)));
    }

    /** A stack trace's: its lines stay such. */
    @Override
    public void println(@Nullable Object lines) {
        stream.println(String.valueOf(lines)
                .replace("\t", "    ")
                .lines()
                .map(Printable::of)
                .collect(Collectors.joining(System.lineSeparator())));
    }

    @Override
    public void println() {
        stream.println();
    }

    @Override
    public void print(@Nullable String text) {
        stream.print(text);
    }

    @Override
    public void print(@Nullable Object text) {
        stream.print(text);
    }

    @Override
    public void print(char character) {
        stream.print(character);
    }

    @Override
    public void write(int b) {
        stream.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        stream.write(bytes, from, length);
    }

    @Override
    public void flush() {
        stream.flush();
    }

    @Override
    public void close() {
        stream.close();
    }

    @Override
    public boolean checkError() {
        return stream.checkError();
    }
}
