package io.caravan.hub.config.web;

import jakarta.servlet.Filter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** The management port's Tomcat is one of its own. Named in META-INF/spring, not found by scanning. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementWebConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementProblemValve() {
        return ProblemValve::install;
    }

    /** Jolokia's and Hawtio's servlets refuse in words of their own. */
    @Bean
    FilterRegistrationBean<Filter> managementProblems() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new ProblemResponseFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
