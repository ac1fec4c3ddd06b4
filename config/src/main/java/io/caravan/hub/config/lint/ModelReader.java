package io.caravan.hub.config.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.SagaDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.RefErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;

/** Reads Camel's model into what the rules look at. */
final class ModelReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");
    private static final Set<String> TOP = Set.of(
            "onException", "onCompletion", "intercept", "interceptFrom", "interceptSendToEndpoint", "transacted");
    /** Steps whose only expression says where to send to. */
    private static final Set<String> ADDRESSED = Set.of("enrich", "pollEnrich");

    private final CamelContext camel;
    private final Model model;
    /** Steps that route configurations bring into routes: reported there, once. */
    private final Set<Object> ofPolicies = Collections.newSetFromMap(new IdentityHashMap<>());

    ModelReader(CamelContext camel) {
        this.camel = camel;
        this.model = Objects.requireNonNull(camel.getCamelContextExtension().getContextPlugin(Model.class));
    }

    LoadedModel read(Predicate<String> kamelets) {
        List<LoadedRoute> found = new ArrayList<>();
        for (RouteConfigurationDefinition policy : model.getRouteConfigurationDefinitions()) {
            found.add(policy(policy));
        }
        for (RouteDefinition route : model.getRouteDefinitions()) {
            if (route.getTemplateParameters() == null && !Boolean.TRUE.equals(route.isRest())) {
                found.add(route(LoadedRoute.Kind.ROUTE, route, String.valueOf(route.getId()), route.getResource()));
            }
        }
        List<LoadedModel.Declared> beans = new ArrayList<>(beans("", model.getCustomBeans()));
        for (RouteTemplateDefinition kamelet : model.getRouteTemplateDefinitions()) {
            found.add(template(kamelet));
            beans.addAll(beans(file(kamelet.getResource()), kamelet.getTemplateBeans()));
        }
        return new LoadedModel(found, beans, kamelets);
    }

    LoadedRoute template(RouteTemplateDefinition kamelet) {
        return route(
                LoadedRoute.Kind.KAMELET, kamelet.getRoute(), String.valueOf(kamelet.getId()), kamelet.getResource());
    }

    private LoadedRoute policy(RouteConfigurationDefinition policy) {
        List<Step> steps = new ArrayList<>();
        List<Step> handlers = new ArrayList<>();
        for (ProcessorDefinition<?> one : parts(policy)) {
            ofPolicies.add(one);
            top(one, true, steps, handlers);
        }
        String id = String.valueOf(policy.getId());
        Object handler = policy.getErrorHandler() == null
                ? null
                : policy.getErrorHandler().getErrorHandlerType();
        return new LoadedRoute(
                LoadedRoute.Kind.POLICY,
                file(policy.getResource()),
                id,
                List.of(id),
                handler(handler),
                nowhere("from"),
                steps,
                handlers);
    }

    private static List<ProcessorDefinition<?>> parts(RouteConfigurationDefinition policy) {
        List<ProcessorDefinition<?>> parts = new ArrayList<>();
        for (Collection<? extends ProcessorDefinition<?>> some : List.of(
                policy.getOnExceptions(),
                policy.getOnCompletions(),
                policy.getIntercepts(),
                policy.getInterceptFroms(),
                policy.getInterceptSendTos())) {
            parts.addAll(some);
        }
        return parts;
    }

    private LoadedRoute route(LoadedRoute.Kind kind, RouteDefinition route, String id, @Nullable Resource resource) {
        List<Step> steps = new ArrayList<>();
        List<Step> handlers = new ArrayList<>();
        for (ProcessorDefinition<?> step : route.getOutputs()) {
            if (TOP.contains(step.getShortName())) {
                top(step, !ofPolicies.contains(step), steps, handlers);
            } else {
                walk(step, List.of(), 0, steps);
            }
        }
        Step from = route.getInput() == null ? nowhere("from") : step(route.getInput(), "from", List.of(), 0);
        List<String> policies = route.getRouteConfigurationId() == null
                ? List.of()
                : List.of(resolve(route.getRouteConfigurationId()).split(","));
        return new LoadedRoute(
                kind, file(resource), id, policies, handler(route.getErrorHandlerFactory()), from, steps, handlers);
    }

    /** What stands before the first step. A handler that a policy has brought counts for the route, its steps do not. */
    private void top(ProcessorDefinition<?> one, boolean own, List<Step> steps, List<Step> handlers) {
        if (one.getShortName().equals("onException")) {
            handlers.add(step(one, one.getShortName(), List.of(), 0));
        }
        if (own) {
            walk(one, List.of(), 0, steps);
        }
    }

    private void walk(OptionalIdentifiedDefinition<?> node, List<String> around, int depth, List<Step> into) {
        Step step = step(node, kind(node), around, depth);
        into.add(step);
        List<String> inside = new ArrayList<>(around);
        inside.add(step.kind());
        children(node).forEach(child -> walk(child, inside, step.counts() ? depth + 1 : depth, into));
    }

    /** A saga calls itself by the name of what it extends. */
    private static String kind(OptionalIdentifiedDefinition<?> node) {
        return node instanceof SagaDefinition ? "saga" : node.getShortName();
    }

    private static List<OptionalIdentifiedDefinition<?>> children(OptionalIdentifiedDefinition<?> node) {
        List<OptionalIdentifiedDefinition<?>> children = new ArrayList<>();
        if (node instanceof ChoiceDefinition choice) {
            children.addAll(choice.getWhenClauses());
            if (choice.getOtherwise() != null) {
                children.add(choice.getOtherwise());
            }
        } else if (node instanceof ProcessorDefinition<?> step) {
            children.addAll(step.getOutputs());
        } else if (node instanceof OutputNode part) {
            children.addAll(part.getOutputs());
        }
        if (node instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
            children.add(breaker.getOnFallback());
        }
        return children;
    }

    private Step step(Object node, String kind, List<String> around, int depth) {
        Map<String, String> settings = Settings.of(node, this::resolve);
        String raw = ADDRESSED.contains(kind) ? settings.get("expression") : uri(node);
        return new Step(
                kind,
                settings.getOrDefault("id", ""),
                depth,
                List.copyOf(around),
                settings,
                raw == null ? null : Address.of(raw),
                raw == null ? null : Address.of(resolve(raw)));
    }

    private static @Nullable String uri(Object node) {
        if (node instanceof EndpointRequiredDefinition sends) {
            return sends.getEndpointUri();
        }
        return node instanceof ToDynamicDefinition dynamic ? dynamic.getUri() : null;
    }

    private Step handler(@Nullable Object factory) {
        if (factory == null) {
            return nowhere("default");
        }
        Map<String, String> settings = Settings.of(factory, this::resolve);
        boolean camels = RefErrorHandlerDefinition.DEFAULT_ERROR_HANDLER_BUILDER.equals(settings.get("ref"));
        return camels
                ? nowhere("default")
                : new Step(factory.getClass().getSimpleName(), "", 0, List.of(), settings, null, null);
    }

    private static Step nowhere(String kind) {
        return new Step(kind, "", 0, List.of(), Map.of(), null, null);
    }

    private List<LoadedModel.Declared> beans(
            String file, @Nullable Collection<? extends BeanFactoryDefinition<?>> declared) {
        Collection<? extends BeanFactoryDefinition<?>> all = declared == null ? List.of() : declared;
        return all.stream()
                .map(bean -> new LoadedModel.Declared(
                        bean.getResource() == null ? file : file(bean.getResource()),
                        String.valueOf(bean.getName()),
                        resolve(String.valueOf(bean.getType())),
                        Settings.of(bean, this::resolve)))
                .toList();
    }

    /** Each placeholder that has a value here; those of a Kamelet's own properties stay as they are. */
    private String resolve(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(matcher.group())));
        }
        return matcher.appendTail(filled).toString();
    }

    private String value(String placeholder) {
        try {
            return String.valueOf(camel.resolvePropertyPlaceholders(placeholder));
        } catch (IllegalArgumentException e) {
            return placeholder;
        }
    }

    private static String file(@Nullable Resource resource) {
        return resource == null ? "" : resource.getLocation();
    }
}
