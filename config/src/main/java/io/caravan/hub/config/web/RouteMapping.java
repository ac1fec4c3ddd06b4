package io.caravan.hub.config.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the route of a request by its path first. Spring asks each of our hundred operations for its method, headers and
 * types before it looks at the path, several times for each request. Stands before Camel's mapping, which has the same
 * operations: what is not clear here (no operation fits, or more than one) is decided there, as is each refusal.
 */
final class RouteMapping extends CamelRequestHandlerMapping {

    private record Entry(RequestMappingInfo info, PathPattern path, HandlerMethod handler) {}

    /** By the number of slashes. */
    private final Map<Integer, List<Entry>> entries = new ConcurrentHashMap<>();

    RouteMapping(PlatformHttpComponent component, PlatformHttpEngine engine) {
        super(component, engine);
    }

    @Override
    public int getOrder() {
        return super.getOrder() - 1;
    }

    @Override
    public void registerMapping(RequestMappingInfo info, Object handler, Method method) {
        super.registerMapping(info, handler, method);
        PathPatternsRequestCondition paths = info.getPathPatternsCondition();
        if (paths == null) {
            return;
        }
        for (PathPattern path : paths.getPatterns()) {
            String text = path.getPatternString();
            if (!text.contains("*")) {
                entries.computeIfAbsent(slashes(text), any -> new CopyOnWriteArrayList<>())
                        .add(new Entry(info, path, createHandlerMethod(handler, method)));
            }
        }
    }

    @Override
    public void unregisterMapping(RequestMappingInfo info) {
        super.unregisterMapping(info);
        entries.values().forEach(some -> some.removeIf(entry -> entry.info().equals(info)));
    }

    /** Null leaves the request to the mapping behind this one. */
    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String lookupPath, HttpServletRequest request) {
        PathContainer path =
                ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        List<Entry> fitting = new ArrayList<>(2);
        RequestMappingInfo match = null;
        for (Entry entry : entries.getOrDefault(slashes(lookupPath), List.of())) {
            if (entry.path().matches(path)) {
                RequestMappingInfo condition = entry.info().getMatchingCondition(request);
                if (condition != null) {
                    fitting.add(entry);
                    match = condition;
                }
            }
        }
        if (match == null || fitting.size() != 1) {
            return null;
        }
        HandlerMethod handler = fitting.get(0).handler();
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
        handleMatch(match, lookupPath, request);
        return handler;
    }

    private static int slashes(String path) {
        int count = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/') {
                count++;
            }
        }
        return count;
    }
}
