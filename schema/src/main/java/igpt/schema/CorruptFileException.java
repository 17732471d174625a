package igpt.schema;

import java.nio.file.Path;

/** A file of ours whose bytes are not those that were written: cut short, or changed on disk. */
public class CorruptFileException extends UserException {
    private static final long serialVersionUID = 1L;

    public CorruptFileException(Path file, String reason) {
        super(message(file, reason));
    }

    public CorruptFileException(Path file, String reason, Throwable cause) {
        super(message(file, reason), cause);
    }

    private static String message(Path file, String reason) {
        return "damaged file " + file + ": " + reason + "; delete it and run again";
    }
}
