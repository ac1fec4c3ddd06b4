package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code work:<type>}: durable work in lanes. See {@link WorkEndpoint} for the options. */
public final class WorkComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        WorkEndpoint endpoint = new WorkEndpoint(uri, this, remaining, DeliveryEngine.of(getCamelContext()));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
