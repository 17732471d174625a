package igpt.page.view;

import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What stands around every view.
 *
 * @param title of the browser's tab
 * @param place which link of the head is where the reader is: runs, launch; or none
 * @param csrf what a form sends back, to show that it is ours; null where none is left to send it to
 * @param password whether there is one, so that a reader can leave
 */
public record Shell(String title, String place, @Nullable CsrfToken csrf, boolean password) {
    public String csrfName() {
        return csrf == null ? "_csrf" : csrf.getParameterName();
    }

    public String csrfValue() {
        return csrf == null ? "" : csrf.getToken();
    }
}
