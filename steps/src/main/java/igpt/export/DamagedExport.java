package igpt.export;

import igpt.schema.file.CorruptFileException;
import java.nio.file.Path;

/** What is said of an export that is not what was written. Its files may lie far from the run that made them. */
final class DamagedExport {
    private DamagedExport() {}

    /** @param file of the export */
    static CorruptFileException of(Path file, String reason) {
        return new CorruptFileException(
                file,
                reason,
                "copy the folder again from where it was made, or make it again: ./igpt run export checkpoint=RUN to=FOLDER --again");
    }
}
