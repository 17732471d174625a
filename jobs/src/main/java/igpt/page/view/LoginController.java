package igpt.page.view;

import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Asks for the password, where there is one. */
@RestController
final class LoginController {
    private final Views views;

    LoginController(Views views) {
        this.views = views;
    }

    @GetMapping("/login")
    ResponseEntity<String> login(@RequestParam Map<String, String> asked) {
        return views.show("login", "Log in", "", Map.of("wrong", asked.containsKey("error")));
    }
}
