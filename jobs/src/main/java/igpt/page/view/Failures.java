package igpt.page.view;

import igpt.config.UsageException;
import igpt.schema.Reason;
import igpt.schema.UserException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What went wrong, in one line: a browser never gets a stack trace. */
@ControllerAdvice("igpt.page.view")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Views views;

    Failures(Views views) {
        this.views = views;
    }

    @ExceptionHandler
    ResponseEntity<String> failed(Exception e, HttpServletRequest request) {
        var status = status(e);
        if (status.is5xxServerError()) {
            LOG.error("{} {}", request.getMethod(), request.getRequestURI(), e);
        }
        return failed(status, status.is5xxServerError() || e instanceof UserException ? Reason.of(e) : words(status));
    }

    ResponseEntity<String> failed(HttpStatus status, String line) {
        return views.show(status, "failure", status.getReasonPhrase(), "", Map.of("line", line));
    }

    private static HttpStatus status(Exception e) {
        if (e instanceof UsageException usage) {
            return usage.getMessage().startsWith("there is no ") ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
        }
        if (e instanceof UserException) {
            return HttpStatus.CONFLICT;
        }
        if (e instanceof MethodArgumentTypeMismatchException) {
            return HttpStatus.BAD_REQUEST;
        }
        if (e instanceof ErrorResponse response) {
            var known = HttpStatus.resolve(response.getStatusCode().value());
            return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        }
        return HttpStatus.INTERNAL_SERVER_ERROR;
    }

    static String words(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing under this address.";
            case FORBIDDEN -> "That was not allowed: open the page again and retry.";
            case BAD_REQUEST -> "That could not be understood.";
            default -> status.getReasonPhrase() + ".";
        };
    }
}
