package io.caravan.hub.connectors.delivery.uri;

import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/**
 * Builds the uri of an endpoint whose path is given as a parameter: scheme {@code work} and {@code type: idea.create}
 * is {@code work:idea.create}. Camel's own components have such a class generated; this one reads the same annotations
 * when it is loaded, so that an option has one home, the endpoint.
 */
abstract class PathInParameters extends EndpointUriFactorySupport {

    private final String syntax;
    private final String path;
    private final Set<String> names = new TreeSet<>();

    /** @param endpoint annotated with {@link UriEndpoint} and a syntax of one path parameter, {@code scheme:name} */
    PathInParameters(Class<? extends Endpoint> endpoint) {
        syntax = endpoint.getAnnotation(UriEndpoint.class).syntax();
        path = syntax.substring(syntax.indexOf(':') + 1);
        for (Class<?> type = endpoint; type != null; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredFields())
                    .filter(field ->
                            field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(UriPath.class))
                    .map(Field::getName)
                    .forEach(names::add);
        }
    }

    @Override
    public boolean isEnabled(String scheme) {
        return syntax.equals(scheme + ":" + path);
    }

    /** @throws IllegalArgumentException without the path parameter: its step would do nothing that has a name */
    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        Map<String, Object> rest = new HashMap<>(properties);
        Object value = rest.remove(path);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Option " + path + " is required when creating endpoint uri with syntax " + syntax);
        }
        // Camel's own helper takes the dollar of an expression for a group where the path is named like the scheme
        return buildQueryParameters(scheme + ":" + value, rest, encode);
    }

    @Override
    public Set<String> propertyNames() {
        return names;
    }

    @Override
    public Set<String> secretPropertyNames() {
        return Set.of();
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
        return Map.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
