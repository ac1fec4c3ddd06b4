package io.caravan.hub.config.security;

import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AbstractConstantRestrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * Jolokia reads. Of all operations only those of Camel run that tell what there is; none that sends a body, evaluates an
 * expression, starts, stops or changes anything. Attributes are never written.
 */
public final class JolokiaPolicy extends AbstractConstantRestrictor {

    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION, RequestType.EXEC);
    private static final Set<String> HIDDEN = Set.of("SystemProperties", "InputArguments");
    private static final String DOMAIN = "org.apache.camel";
    /** Hawtio asks itself which buttons to show; what a button does is refused here all the same. */
    private static final String HAWTIO = "hawtio";

    private static final Set<String> OPERATIONS = Set.of(
            "dumpRouteAsXml",
            "dumpRoutesAsXml",
            "dumpRouteAsYaml",
            "dumpRoutesAsYaml",
            "dumpStructuredRoutesAsXml",
            "dumpRouteStatsAsXml",
            "dumpRoutesStatsAsXml",
            "dumpStepStatsAsXml",
            "dumpRouteSourceLocationsAsXml",
            "dumpRoutesCoverageAsXml",
            "dumpMappingsAsXml");

    public JolokiaPolicy() {
        super(true);
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    /** System properties and arguments of the JVM may hold what an operator passed on the command line. */
    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return !HIDDEN.contains(String.valueOf(attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        int signature = operation.indexOf('(');
        String plain = signature < 0 ? operation : operation.substring(0, signature);
        boolean question = HAWTIO.equals(name.getDomain()) && plain.equals("canInvoke");
        return question || DOMAIN.equals(name.getDomain()) && OPERATIONS.contains(plain);
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hosts) {
        return true;
    }

    /** No page of another origin is let in by CORS headers. The strict question is the CSRF filter's to answer. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return strict;
    }
}
