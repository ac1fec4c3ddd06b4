package io.caravan.hub.connectors.delivery.uri;

import io.caravan.hub.connectors.delivery.effect.EffectEndpoint;

/** {@code uri: effect} with a parameter {@code effect} is {@code effect:<effect>}. Camel finds it in META-INF/services. */
public final class EffectUriFactory extends PathInParameters {

    public EffectUriFactory() {
        super(EffectEndpoint.class);
    }
}
