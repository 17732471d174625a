package igpt.page.view;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What no controller answered, or a filter refused. */
@RestController
final class ErrorController {
    private final Failures failures;

    ErrorController(Failures failures) {
        this.failures = failures;
    }

    @RequestMapping("/error")
    ResponseEntity<String> error(HttpServletRequest request) {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var known = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        var status = known == null ? HttpStatus.NOT_FOUND : known;
        return failures.failed(status, Failures.words(status));
    }
}
