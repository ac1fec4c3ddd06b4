package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code effect:<vendor>.<operation>}: a change at a vendor, made once. See {@link EffectEndpoint}. */
public final class EffectComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DeliveryEngine engine = DeliveryEngine.of(getCamelContext());
        EffectEndpoint endpoint = new EffectEndpoint(uri, this, engine.effects().traits(remaining), engine);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
