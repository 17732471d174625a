package igpt.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of others from using this one through the browser of somebody who may. A name of theirs that they have made to
 * mean this machine is still their name, in the header Host; and what their page sends has their name in the header Origin.
 */
final class OwnOrigin extends OncePerRequestFilter {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1]|\\[(?:0:){7}1])(?::\\d{1,5})?");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final PageSettings settings;

    OwnOrigin(PageSettings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var host = String.valueOf(request.getHeader("Host")).toLowerCase(Locale.ROOT);
        if (settings.password() == null && !LOOPBACK.matcher(host).matches()) {
            refuse(response, 421, "this page is asked for as localhost, not as " + host);
            return;
        }
        var origin = request.getHeader("Origin");
        if (!READING.contains(request.getMethod())
                && origin != null
                && !origin.toLowerCase(Locale.ROOT)
                        .replaceFirst("^https?://", "")
                        .equals(host)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "another page may not do that: " + origin);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void refuse(HttpServletResponse response, int status, String line) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().println(line);
    }
}
