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

    /** Deleting the file would not help: an artifact that is complete is not looked into, and not made again. */
    private static String message(Path file, String reason) {
        return "damaged file " + file + ": " + reason
                + "; make it anew: the command of the run whose folder it is in, with --again";
    }
}
