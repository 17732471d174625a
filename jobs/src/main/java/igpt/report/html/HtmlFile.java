package igpt.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import igpt.console.Printable;
import igpt.schema.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Pages as files. */
public final class HtmlFile {
    private HtmlFile() {}

    /** The template escapes what would be markup, {@link Visible} what no page may hold. */
    public static String of(Page page) {
        var text = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html).render("page.jte", page, new Visible(text));
        return text.toString();
    }

    public static void write(Page page, Path file) throws IOException {
        AtomicFiles.write(file, temporary -> Files.writeString(temporary, of(page)));
    }

    /** Shows characters that would steer a terminal, turn a line around, or are not allowed in XML. */
    private record Visible(TemplateOutput output) implements TemplateOutput {
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
}
