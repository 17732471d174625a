package igpt.weights;

import igpt.schema.UserException;
import java.nio.file.Path;

/** Why weights are not taken, in one line, whatever the file says. */
final class Refusal {
    private static final int LONGEST = 120;

    private Refusal() {}

    static UserException of(Path file, String reason) {
        return new UserException(file + ": " + reason);
    }

    static UserException of(Path file, String tensor, String reason) {
        return of(file, "tensor " + line(tensor) + " " + reason);
    }

    /** A text of the file's, or of its parser's. */
    static String line(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
