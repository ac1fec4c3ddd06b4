package io.caravan.hub.connectors.delivery.uri;

import io.caravan.hub.connectors.delivery.work.WorkEndpoint;

/** {@code uri: work} with a parameter {@code type} is {@code work:<type>}. Camel finds it in META-INF/services. */
public final class WorkUriFactory extends PathInParameters {

    public WorkUriFactory() {
        super(WorkEndpoint.class);
    }
}
