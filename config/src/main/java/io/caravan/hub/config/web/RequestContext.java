package io.caravan.hub.config.web;

import io.caravan.hub.config.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who asks and under which ids. Lives in a request attribute, because Camel serves requests on threads of its own.
 *
 * @param traceId 32 hexadecimal digits: that of the caller's {@code traceparent}, else a new one
 * @param caller null for requests that need no key
 */
public record RequestContext(
        String requestId, String traceId, @Nullable Caller caller) {

    private static final String ATTRIBUTE = RequestContext.class.getName();

    public void bind(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    public RequestContext with(Caller known) {
        return new RequestContext(requestId, traceId, known);
    }

    public static @Nullable RequestContext find(HttpServletRequest request) {
        return (RequestContext) request.getAttribute(ATTRIBUTE);
    }

    static String requestIdOf(HttpServletRequest request) {
        RequestContext context = find(request);
        return context == null ? "" : context.requestId();
    }
}
