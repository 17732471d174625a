package igpt.page.view;

import org.springframework.security.web.csrf.CsrfToken;

/**
 * What stands around every view.
 *
 * @param title of the browser's tab
 * @param place which link of the head is where the reader is: runs, launch, compare
 * @param csrf what a form sends back, to show that it is ours
 * @param password whether there is one, so that a reader can leave
 */
public record Shell(String title, String place, CsrfToken csrf, boolean password) {}
