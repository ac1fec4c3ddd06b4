package io.caravan.hub.config.web;

import io.caravan.hub.config.security.Caller;
import io.caravan.hub.model.Names;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The first step of every REST route. Says as variables who asks ({@code account}, {@code principal}, {@code role}) and
 * what for ({@code path}, {@code query}, {@code idempotencyKey}, {@code ifMatch}, {@code requestId},
 * {@code traceparent}), then removes every header: what a stranger sends as a header reaches no component.
 */
@Component("ingress")
public final class Ingress implements Processor {

    static final String INSTANCE = "hub.instance";

    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_KEY = 255;

    @Override
    public void process(Exchange exchange) {
        HttpServletRequest request =
                exchange.getMessage().getHeader("CamelHttpServletRequest", HttpServletRequest.class);
        if (request == null) {
            throw new IllegalArgumentException("ingress serves HTTP requests only, in the first step");
        }
        exchange.setProperty(INSTANCE, request.getRequestURI());
        RequestContext context = RequestContext.find(request);
        if (context != null) {
            exchange.setVariable(Names.REQUEST, context.requestId());
            exchange.setVariable("traceparent", context.traceId());
            Caller caller = context.caller();
            if (caller != null) {
                exchange.setVariable(Names.ACCOUNT, caller.account());
                exchange.setVariable("principal", caller.keyId());
                exchange.setVariable("role", caller.role().word());
            }
        }
        exchange.getMessage().removeHeaders("*");
        exchange.setVariable("path", path(request));
        exchange.setVariable("query", query(request));
        String key = request.getHeader("Idempotency-Key");
        if (key != null) {
            exchange.setVariable("idempotencyKey", checked("Idempotency-Key", key, LONGEST_KEY));
        }
        String version = request.getHeader("If-Match");
        if (version != null) {
            exchange.setVariable("ifMatch", checked("If-Match", version.strip(), LONGEST_KEY));
        }
    }

    private static Map<String, String> path(HttpServletRequest request) {
        Map<String, String> path = new LinkedHashMap<>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> matched) {
            matched.forEach((name, value) -> path.put(
                    String.valueOf(name), checked(String.valueOf(name), String.valueOf(value), LONGEST_VALUE)));
        }
        return path;
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) {
                throw Refusal.of(400, "invalid-value", name + " is given more than once", Map.of("parameter", name));
            }
            query.put(name, checked(name, values[0], LONGEST_VALUE));
        });
        return query;
    }

    private static String checked(String name, @Nullable String value, int longest) {
        if (value == null || value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.of(
                    400,
                    "invalid-value",
                    name + " must have at most " + longest + " characters and no control characters",
                    Map.of("parameter", name));
        }
        return value;
    }
}
