package igpt.weights;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Named tensors, in one file or several. Opening reads the names and checks them; the numbers are read one tensor at a time. */
interface TensorFile {
    /** To name it in messages. */
    Path path();

    /** The files that it is kept in. */
    List<Path> files();

    /** By name. */
    Map<String, TensorInfo> tensors();

    /**
     * A tensor's numbers, row by row.
     *
     * @throws UserException if there is none of that name, or it does not hold floating-point numbers
     */
    float[] read(String name) throws IOException;
}
