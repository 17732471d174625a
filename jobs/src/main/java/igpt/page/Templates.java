package igpt.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import igpt.report.html.Visible;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Pages of {@code src/main/jte/view}, made into classes when the program was built. They escape every text. */
@Component
public final class Templates {
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    public ResponseEntity<String> show(String template, Map<String, Object> parameters) {
        return show(HttpStatus.OK, template, parameters);
    }

    public ResponseEntity<String> show(HttpStatus status, String template, Map<String, Object> parameters) {
        var text = new StringOutput();
        engine.render("view/" + template + ".jte", new HashMap<>(parameters), new Visible(text));
        return ResponseEntity.status(status).contentType(HTML).body(text.toString());
    }
}
