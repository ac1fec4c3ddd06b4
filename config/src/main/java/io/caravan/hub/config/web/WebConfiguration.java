package io.caravan.hub.config.web;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.start.Drain;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The order of the filters on the public port; Spring Security stands between the first three and the last two. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;
    /** Spring Security's own is -100. */
    private static final int AFTER_SECURITY = -90;

    @Bean
    FilterRegistrationBean<Filter> requestIdFilter(HubMode mode) {
        return in(FIRST, new RequestIdFilter(mode));
    }

    @Bean
    FilterRegistrationBean<Filter> problemResponseFilter() {
        FilterRegistrationBean<Filter> registration = in(FIRST + 1, new ProblemResponseFilter());
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> drainFilter(Drain drain) {
        return in(FIRST + 2, new DrainFilter(drain));
    }

    @Bean
    FilterRegistrationBean<Filter> rateLimitFilter(HubProperties hub) {
        return in(AFTER_SECURITY, new RateLimitFilter(hub.rate()));
    }

    @Bean
    FilterRegistrationBean<Filter> bodyGuardFilter(
            HubProperties hub, @Value("${hub.imports.max-file:32MB}") DataSize maxFile) {
        return in(
                AFTER_SECURITY + 1,
                new BodyGuardFilter((int) hub.request().maxBody().toBytes(), (int) maxFile.toBytes()));
    }

    private static FilterRegistrationBean<Filter> in(int order, Filter filter) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setAsyncSupported(true);
        return registration;
    }

    /** A request that another thread serves keeps its log context. */
    @Bean
    TaskDecorator logContext() {
        return task -> {
            Map<String, String> context = MDC.getCopyOfContextMap();
            return () -> {
                if (context != null) {
                    MDC.setContextMap(context);
                }
                try {
                    task.run();
                } finally {
                    MDC.clear();
                }
            };
        };
    }

    /** Four fifths of the container's threads for routes. Camel looks it up by this name. */
    @Bean("platform-http-engine")
    PlatformHttpEngine requestThreads(
            ServerProperties server, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor others) {
        int port = server.getPort() == null ? 8080 : server.getPort();
        return new RequestThreads(
                port, others, Math.max(1, server.getTomcat().getThreads().getMax() * 4 / 5));
    }

    @Bean
    @DependsOn("configurePlatformHttpComponent")
    RouteMapping routeMapping(PlatformHttpEngine engine, CamelContext camel) {
        return new RouteMapping(camel.getComponent("platform-http", PlatformHttpComponent.class), engine);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
        return ProblemValve::install;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/swagger-ui/**").addResourceLocations(swaggerUi());
    }

    /** The folder of the one version on the class path. */
    private static String swaggerUi() {
        String bundle = "swagger-ui-bundle.js";
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:/META-INF/resources/webjars/swagger-ui/*/" + bundle);
            if (found.length == 0) {
                throw new IllegalStateException("swagger-ui is not on the class path");
            }
            String url = found[0].getURL().toString();
            return url.substring(0, url.length() - bundle.length());
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be read", e);
        }
    }
}
