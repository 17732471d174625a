package igpt.page;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Who may ask, and what a browser may do with the answers. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class PageSecurity {
    static final String USER = "igpt";

    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/metrics", "/health");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SecurityFilterChain chain(HttpSecurity http, PageSettings settings) throws Exception {
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .csrf(csrf -> csrf.ignoringRequestMatchers("/api/**")) // OwnOrigin sees to these
                .addFilterBefore(new OwnOrigin(settings), SecurityContextHolderFilter.class)
                .requestCache(cache -> cache.requestCache(views()));
        if (settings.password() == null) {
            http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .anonymous(Customizer.withDefaults())
                    .logout(AbstractHttpConfigurer::disable);
        } else {
            http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers("/login", "/assets/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/", false))
                    .logout(logout -> logout.logoutSuccessUrl("/login"))
                    .httpBasic(Customizer.withDefaults())
                    .exceptionHandling(refusal -> refusal.authenticationEntryPoint(toLogIn()));
        }
        return http.build();
    }

    /** Who has logged in comes to the view that was asked for, and not to what a script of it asks for. */
    private static RequestCache views() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET")
                && request.getHeader("HX-Request") == null
                && !String.valueOf(request.getHeader("Accept")).startsWith("application/json"));
        return cache;
    }

    /** A program is told how to say who it is; a browser would ask for it in a window of its own. */
    private static AuthenticationEntryPoint toLogIn() {
        var programs = new BasicAuthenticationEntryPoint();
        programs.setRealmName("iGPT Batch");
        var people = new LoginUrlAuthenticationEntryPoint("/login");
        return (request, response, refused) -> {
            if (request.getHeader("HX-Request") != null) { // a part of a view, which a script would put in its place
                response.setHeader("HX-Refresh", "true");
                return;
            }
            var forPeople = FOR_PROGRAMS.stream().noneMatch(request.getRequestURI()::startsWith);
            (forPeople ? people : programs).commence(request, response, refused);
        };
    }

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    UserDetailsService users(PageSettings settings) {
        var users = new InMemoryUserDetailsManager();
        if (settings.password() != null) {
            users.createUser(User.withUsername(USER)
                    .password(settings.password())
                    .roles("USER")
                    .build());
        }
        return users;
    }
}
