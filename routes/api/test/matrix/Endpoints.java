package io.caravan.hub.routes.api.matrix;

import io.caravan.hub.routes.policy.FlowHub;
import jakarta.servlet.ServletContext;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Everything that the running hub has a handler for, on both of its ports. */
final class Endpoints {

    /** @param pattern as the handler was registered, its variables in braces */
    record Endpoint(Door door, String pattern) implements Comparable<Endpoint> {
        @Override
        public int compareTo(Endpoint other) {
            return Comparator.comparing(Endpoint::door)
                    .thenComparing(Endpoint::pattern)
                    .compare(this, other);
        }
    }

    enum Door {
        API,
        MANAGEMENT
    }

    private Endpoints() {}

    /** From the contract, Spring's handler mappings, Camel's HTTP consumers and the servlets of both web servers. */
    static Set<Endpoint> of(FlowHub hub) {
        Set<Endpoint> all = new TreeSet<>();
        MatrixHub.contract().getPaths().keySet().forEach(path -> all.add(new Endpoint(Door.API, path)));
        mappings(Door.API, hub.application(), all);
        mappings(Door.MANAGEMENT, management(hub.application()), all);
        hub.camel()
                .getComponent("platform-http", PlatformHttpComponent.class)
                .getHttpEndpoints()
                .forEach(endpoint -> all.add(new Endpoint(Door.API, endpoint.getUri())));
        return all;
    }

    private static void mappings(Door door, ApplicationContext context, Set<Endpoint> all) {
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false)
                .forEach((name, mapping) -> {
                    // the management context sees the beans of the application, whose handlers it does not serve
                    if (!context.containsLocalBean(name)) {
                        return;
                    }
                    if (mapping instanceof AbstractHandlerMethodMapping<?> methods) {
                        methods.getHandlerMethods().keySet().forEach(info -> add(door, info, all));
                    } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
                        urls.getHandlerMap().keySet().forEach(url -> all.add(new Endpoint(door, url)));
                    } else if (mapping instanceof RouterFunctionMapping functions) {
                        if (functions.getRouterFunction() != null) {
                            throw new AssertionError("a router function, which this list cannot read: " + name);
                        }
                    } else if (!mapping.getClass().getSimpleName().equals("CompositeHandlerMapping")) {
                        // that one asks the others of its context
                        throw new AssertionError("a kind of mapping that this list cannot read: " + mapping);
                    }
                });
        if (context instanceof ServletWebServerApplicationContext web) {
            servlets(door, Objects.requireNonNull(web.getServletContext()), all);
        }
    }

    private static void servlets(Door door, ServletContext servlets, Set<Endpoint> all) {
        servlets.getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                .forEach(pattern -> all.add(new Endpoint(door, pattern)));
    }

    private static void add(Door door, Object info, Set<Endpoint> all) {
        if (!(info instanceof RequestMappingInfo mapping)) {
            throw new AssertionError("a mapping that this list cannot read: " + info);
        }
        mapping.getPatternValues().forEach(pattern -> all.add(new Endpoint(door, pattern)));
    }

    /** The context of the second web server; Spring Boot gives no other way to it. */
    private static ApplicationContext management(ApplicationContext context) {
        SmartLifecycle initializer = context.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getSimpleName().equals("ChildManagementContextInitializer"))
                .findFirst()
                .orElseThrow();
        return (ApplicationContext)
                Objects.requireNonNull(ReflectionTestUtils.getField(initializer, "managementContext"));
    }
}
