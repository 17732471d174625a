package igpt.page.view;

import igpt.page.PageSettings;
import igpt.page.Templates;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Templates with what stands around them. */
@Component
final class Views {
    private final Templates templates;
    private final PageSettings settings;
    private final HttpServletRequest request; // the one that is being answered

    Views(Templates templates, PageSettings settings, HttpServletRequest request) {
        this.templates = templates;
        this.settings = settings;
        this.request = request;
    }

    ResponseEntity<String> show(String template, String title, String place, Map<String, Object> parameters) {
        return show(HttpStatus.OK, template, title, place, parameters);
    }

    ResponseEntity<String> show(
            HttpStatus status, String template, String title, String place, Map<String, Object> parameters) {
        var all = new HashMap<>(parameters);
        var csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        all.put("shell", new Shell(title, place, csrf, settings.password() != null));
        return templates.show(status, template, all);
    }

    /** A part of a view, which a script puts in its place. */
    ResponseEntity<String> part(String template, Map<String, Object> parameters) {
        return templates.show(template, parameters);
    }
}
