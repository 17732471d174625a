package igpt.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A published number.
 *
 * @param percent as printed
 */
record Published(String table, String row, String metric, double percent) {
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
                    .map(cells -> new Published(cells[0], cells[1], cells[2], Double.parseDouble(cells[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isOfThePaper() {
        return row.contains("iGPT");
    }

    /** Those it was measured on, as {@code published_images} names them; Table 4 is of CIFAR-10 alone, and its rows do not say so. */
    String images() {
        return table.equals("table 4")
                ? "cifar10"
                : row.substring(0, row.indexOf(' ')).replace("-", "").toLowerCase(Locale.ROOT);
    }
}
