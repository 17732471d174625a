package igpt.page;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC on an embedded Tomcat: each part is named here, so that it starts in a second. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@ComponentScan("igpt.page")
class PageConfiguration {
    @Bean
    TomcatServletWebServerFactory webServer(PageSettings settings) {
        var factory = new TomcatServletWebServerFactory(settings.port()) {
            @Override
            protected TomcatWebServer getTomcatWebServer(Tomcat tomcat) {
                var plain =
                        new ErrorReportValve(); // what never comes to Spring, a malformed request: a status, no more
                plain.setShowReport(false);
                plain.setShowServerInfo(false);
                tomcat.getHost().getPipeline().addValve(plain);
                return super.getTomcatWebServer(tomcat);
            }
        };
        factory.setAddress(settings.address());
        factory.getSettings().getSession().getCookie().setSameSite(Cookie.SameSite.LAX);
        factory.addErrorPages(new ErrorPage("/error"));
        return factory;
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
        var servlet = new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
        return servlet;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean security() {
        var filter = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        filter.setAsyncSupported(true);
        return filter;
    }
}
