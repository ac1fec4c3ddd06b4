package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import java.util.Locale;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Make a change at a vendor once. In: the request object. Out: the vendor's object; the request stays in the variable
 * {@code request}.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "effect",
        title = "Effect",
        syntax = "effect:effect",
        producerOnly = true,
        category = {Category.API, Category.WORKFLOW})
public final class EffectEndpoint extends DefaultEndpoint {

    private final DeliveryEngine engine;
    private final Traits traits;

    /** The operation, vendor.operation: {@code etsy.listing}. */
    @UriPath
    @Metadata(required = true)
    private final String effect;

    /** Simple expression for what the effect is about. Default: the work item's aggregate. */
    @UriParam
    private @Nullable String key;

    /** Where to stop: verified, confirmed or cancelled. */
    @UriParam(defaultValue = "confirmed", enums = "verified,confirmed,cancelled")
    private String until = "confirmed";

    EffectEndpoint(String uri, Component component, Traits traits, DeliveryEngine engine) {
        super(uri, component);
        this.effect = traits.effect();
        this.traits = traits;
        this.engine = engine;
    }

    @Override
    public Producer createProducer() {
        return new EffectProducer(this, engine);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("effect: only makes changes");
    }

    Traits traits() {
        return traits;
    }

    Until where() {
        return Until.valueOf(until.toUpperCase(Locale.ROOT));
    }

    public String getEffect() {
        return effect;
    }

    public @Nullable String getKey() {
        return key;
    }

    public void setKey(@Nullable String key) {
        this.key = key;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String until) {
        this.until = until;
    }
}
