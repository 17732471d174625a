package igpt.report.html;

import java.util.List;

/**
 * A page that needs nothing else: no network, no script. Its texts are plain; the template escapes them.
 *
 * @param lead what a reader wants to know first, a paragraph each
 * @param figures the numbers that matter most
 */
public record Page(
        String title, String subtitle, List<String> lead, List<KeyNumber> figures, List<Section> sections, String end) {

    /** @param what it is of */
    public record KeyNumber(String number, String what) {}

    /** @param id by which the table of contents finds it */
    public record Section(String id, String title, List<Block> blocks) {}

    public String css() {
        return Stylesheet.css();
    }
}
