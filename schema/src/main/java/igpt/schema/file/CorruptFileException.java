package igpt.schema.file;

import igpt.schema.UserException;
import java.nio.file.Path;

/** A file of ours whose bytes are not those that were written: cut short, or changed on disk. */
public class CorruptFileException extends UserException {
    private static final long serialVersionUID = 1L;

    public CorruptFileException(Path file, String reason) {
        super(message(file, reason));
    }

    /** @param advice what to do about a file that no run makes again where it lies */
    public CorruptFileException(Path file, String reason, String advice) {
        super("damaged file " + file + ": " + reason + "; " + advice);
    }

    public CorruptFileException(Path file, String reason, Throwable cause) {
        super(message(file, reason), cause);
    }

    /** What is complete is asked for its files, not for their bytes: without the file it is made again. */
    private static String message(Path file, String reason) {
        return "damaged file " + file + ": " + reason
                + "; delete it, and ./igpt resume with the number of its run makes it again";
    }
}
