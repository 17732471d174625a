package igpt.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import igpt.schema.file.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
