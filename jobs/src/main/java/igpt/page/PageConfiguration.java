package igpt.page;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Spring MVC on an embedded Tomcat: each part is named here, so that it starts in a second. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@ComponentScan("igpt.page")
class PageConfiguration implements WebMvcConfigurer {
    private static final int AN_HOUR = 3600;

    @Bean
    TomcatServletWebServerFactory webServer(PageSettings settings) {
        var factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(settings.address());
        factory.addContextCustomizers(context -> {
            var plain = new ErrorReportValve(); // what Spring never saw, a malformed request: a status, no more
            plain.setShowReport(false);
            plain.setShowServerInfo(false);
            context.getPipeline().addValve(plain);
        });
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

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**").addResourceLocations("classpath:/igpt/page/");
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCachePeriod(AN_HOUR);
    }
}
