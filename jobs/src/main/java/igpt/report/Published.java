package igpt.report;

import igpt.recipe.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A published number.
 *
 * @param percent as printed
 * @param ours the measurement that stands below it, {@code probe/cifar10/ar}; empty if it is another method's
 */
record Published(String table, String row, String metric, double percent, String ours) {
    private static final String FILE = "/igpt/published.csv";

    /** All of {@code published.csv}, in its order. */
    static List<Published> all() {
        try (var in = Published.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Published(cells[0], cells[1], cells[2], Double.parseDouble(cells[3]), cells[4]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean matches(Measurement measured) {
        return ours.equals(measured.key()) && table.equals(measured.table()) && metric.equals(measured.metric());
    }
}
