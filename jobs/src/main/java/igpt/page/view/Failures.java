package igpt.page.view;

import igpt.config.UsageException;
import igpt.page.PageSettings;
import igpt.page.Templates;
import igpt.schema.Reason;
import igpt.schema.UserException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What went wrong, in one line: a browser never gets a stack trace. */
@ControllerAdvice(basePackages = "igpt.page.view")
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Templates templates;
    private final PageSettings settings;

    Failures(Templates templates, PageSettings settings) {
        this.templates = templates;
        this.settings = settings;
    }

    @ExceptionHandler
    ResponseEntity<String> failed(Exception e, HttpServletRequest request) {
        var status = status(e);
        if (status.is5xxServerError()) {
            LOG.error("{} {}", request.getMethod(), request.getRequestURI(), e);
        }
        var csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        var shell = new Shell(status.getReasonPhrase(), "", csrf, settings.password() != null);
        var line = e instanceof ErrorResponse ? status.getReasonPhrase() : Reason.of(e);
        return templates.show(status, "failure", Map.of("shell", shell, "line", line));
    }

    private static HttpStatus status(Exception e) {
        if (e instanceof UsageException usage) {
            return usage.getMessage().startsWith("there is no ") ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
        }
        if (e instanceof UserException) {
            return HttpStatus.CONFLICT;
        }
        if (e instanceof ErrorResponse response) {
            var known = HttpStatus.resolve(response.getStatusCode().value());
            return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        }
        return HttpStatus.INTERNAL_SERVER_ERROR;
    }
}
