package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code outbox:<topic>}: an event for whoever subscribed, published after the commit. */
public final class OutboxComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        OutboxEndpoint endpoint = new OutboxEndpoint(uri, this, remaining, DeliveryEngine.of(getCamelContext()));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
