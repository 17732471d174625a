package igpt.page.api;

import igpt.config.UsageException;
import igpt.schema.Reason;
import igpt.schema.UserException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What went wrong, as RFC 9457 tells it: the line that the command line would print, and never a stack trace. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // after that of the views, which is of them alone
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Pattern PARAMETER = Pattern.compile("^(?:unknown )?parameter '(\\w+)'");
    private static final String ERRORS = "errors";

    /** Only of requests to the API: whatever else there is shows its own. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> failed(Exception e, HttpServletRequest request) throws Exception {
        if (!request.getRequestURI().startsWith("/api/") || e instanceof AsyncRequestNotUsableException) {
            throw e;
        }
        var problem = problem(e);
        if (problem.getStatus() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            LOG.error("{} {}", request.getMethod(), request.getRequestURI(), e);
        }
        var headers = e instanceof ErrorResponse response ? response.getHeaders() : new HttpHeaders();
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ProblemDetail problem(Exception e) {
        if (e instanceof FieldErrors fields) {
            var problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, fields.getMessage());
            problem.setProperty(ERRORS, fields.errors());
            return problem;
        }
        if (e instanceof UsageException usage) {
            return usage(usage);
        }
        if (e instanceof UserException) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, Reason.of(e));
        }
        if (e instanceof HttpMessageNotReadableException) {
            return ProblemDetail.forStatusAndDetail(
                    HttpStatus.BAD_REQUEST,
                    "the body is not the JSON that is asked for: {\"job\": \"prepare\", \"parameters\": {\"images\": 300}}");
        }
        if (e instanceof MethodArgumentTypeMismatchException mismatch) {
            var line = "%s cannot be '%s'".formatted(mismatch.getName(), mismatch.getValue());
            var problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, line);
            problem.setProperty(ERRORS, Map.of(mismatch.getName(), line));
            return problem;
        }
        if (e instanceof ErrorResponse response) {
            return response.getBody();
        }
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR, "see the log of the page");
    }

    private static ProblemDetail usage(UsageException e) {
        var status = e.getMessage().startsWith("there is no ") || e.getMessage().startsWith("unknown job")
                ? HttpStatus.NOT_FOUND
                : HttpStatus.BAD_REQUEST;
        var problem = ProblemDetail.forStatusAndDetail(status, e.getMessage());
        var field = PARAMETER.matcher(e.getMessage());
        if (field.find()) {
            problem.setProperty(ERRORS, Map.of(field.group(1), e.getMessage()));
        }
        return problem;
    }
}
