package io.caravan.hub.config.lint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a step of the loaded model is set to, by the model's own names: {@code stopOnException}, {@code
 * resilience4jConfiguration.timeoutEnabled}. An expression is its text, its language stands beside it as {@code
 * expression.language}.
 */
final class Settings {

    private static final String MODEL = "org.apache.camel.model";
    private static final int DEEPEST = 3;
    /** What leads away from the step itself. */
    private static final Set<String> ELSEWHERE = Set.of(
            "parent",
            "outputs",
            "resource",
            "camelContext",
            "blocks",
            "inputs",
            "input",
            "outputType",
            "location",
            "lineNumber",
            "shortName",
            "label",
            "index",
            "expressionType",
            "expressionFactory",
            "predicateFactory",
            "endpointUri",
            "customId");

    private static final ClassValue<List<Getter>> GETTERS = new ClassValue<>() {
        @Override
        protected List<Getter> computeValue(Class<?> type) {
            return Arrays.stream(type.getMethods())
                    .filter(Settings::isGetter)
                    .map(getter -> new Getter(property(getter), getter))
                    .filter(getter -> !ELSEWHERE.contains(getter.name()))
                    .toList();
        }
    };

    private record Getter(String name, Method method) {}

    private Settings() {}

    static Map<String, String> of(Object node, UnaryOperator<String> resolve) {
        Map<String, String> found = new TreeMap<>();
        collect("", node, resolve, found, 0);
        return found;
    }

    private static void collect(
            String prefix, Object node, UnaryOperator<String> resolve, Map<String, String> into, int depth) {
        for (Getter getter : GETTERS.get(node.getClass())) {
            put(prefix + getter.name(), value(getter.method(), node), resolve, into, depth);
        }
    }

    private static boolean isGetter(Method method) {
        String name = method.getName();
        return name.startsWith("get")
                && name.length() > 3
                && method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass().getName().startsWith(MODEL);
    }

    private static String property(Method getter) {
        String name = getter.getName();
        return Character.toLowerCase(name.charAt(3)) + name.substring(4);
    }

    private static void put(
            String name, @Nullable Object value, UnaryOperator<String> resolve, Map<String, String> into, int depth) {
        if (value instanceof String || value instanceof Boolean || value instanceof Number || value instanceof Enum) {
            into.put(name, resolve.apply(String.valueOf(value)));
        } else if (value instanceof ExpressionSubElementDefinition sub) {
            put(name, sub.getExpressionType(), resolve, into, depth);
        } else if (value instanceof ExpressionDefinition expression) {
            into.put(name + ".language", String.valueOf(expression.getLanguage()));
            into.put(name, resolve.apply(String.valueOf(expression.getExpression())));
            if (depth < DEEPEST) {
                collect(name + ".", expression, resolve, into, DEEPEST);
            }
        } else if (value instanceof Collection<?> all && all.stream().allMatch(String.class::isInstance)) {
            if (!all.isEmpty()) {
                into.put(name, all.stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        } else if (value != null
                && depth < DEEPEST
                && !(value instanceof ProcessorDefinition)
                && !(value instanceof RouteDefinition)
                && value.getClass().getName().startsWith(MODEL)) {
            into.put(name, value.getClass().getSimpleName());
            collect(name + ".", value, resolve, into, depth + 1);
        }
    }

    private static @Nullable Object value(Method getter, Object node) {
        try {
            return getter.invoke(node);
        } catch (InvocationTargetException | IllegalAccessException e) {
            // a getter that computes something which is not there yet
            return null;
        }
    }
}
