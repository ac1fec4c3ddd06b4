package io.caravan.hub.connectors.delivery.uri;

import io.caravan.hub.connectors.delivery.outbox.OutboxEndpoint;

/** {@code uri: outbox} with a parameter {@code topic} is {@code outbox:<topic>}. Camel finds it in META-INF/services. */
public final class OutboxUriFactory extends PathInParameters {

    public OutboxUriFactory() {
        super(OutboxEndpoint.class);
    }
}
