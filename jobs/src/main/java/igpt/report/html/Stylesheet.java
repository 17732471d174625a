package igpt.report.html;

import igpt.report.chart.Ink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How pages look. */
final class Stylesheet {
    private static final String FILE = "/igpt/page.css";

    private Stylesheet() {}

    /** The colours of drawings, and the rest in terms of these. */
    static String css() {
        try (var in = Stylesheet.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return Ink.css() + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
