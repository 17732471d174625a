package igpt.report.html;

import gg.jte.TemplateOutput;
import igpt.console.Printable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shows characters that would steer a terminal, turn a line around, or are not allowed in XML. */
public record Visible(TemplateOutput output) implements TemplateOutput {
    @Override
    public void writeContent(String text) {
        output.writeContent(visible(text));
    }

    @Override
    public void writeContent(String text, int begin, int end) {
        output.writeContent(visible(text.substring(begin, end)));
    }

    private static String visible(String text) {
        return Arrays.stream(text.split("\n", -1)).map(Printable::of).collect(Collectors.joining("\n"));
    }
}
