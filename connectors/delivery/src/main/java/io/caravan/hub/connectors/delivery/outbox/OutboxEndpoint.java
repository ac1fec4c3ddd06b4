package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.work.Vars;
import io.caravan.hub.model.Names;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Publish the body as an event: its row commits with the unit, its subscribers get their work after that. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "outbox",
        title = "Outbox",
        syntax = "outbox:topic",
        producerOnly = true,
        category = {Category.DATABASE, Category.MESSAGING})
public final class OutboxEndpoint extends DefaultEndpoint {

    private final DeliveryEngine engine;

    /** The topic: {@code hub.trend.scored.v1}. */
    @UriPath
    @Metadata(required = true)
    private final String topic;

    /** Simple expression for what the event is about; events with the same key keep their order. Default: the aggregate. */
    @UriParam
    private @Nullable String key;

    OutboxEndpoint(String uri, Component component, String topic, DeliveryEngine engine) {
        super(uri, component);
        this.topic = topic;
        this.engine = engine;
    }

    @Override
    public Producer createProducer() {
        Expression expression = Vars.simple(getCamelContext(), key == null ? "${variable.aggregate}" : key);
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                String about = Vars.required(exchange, expression, "key of outbox:" + topic);
                engine.outbox()
                        .publish(
                                Vars.account(exchange),
                                topic,
                                about,
                                Json.object(exchange.getMessage().getBody()),
                                Vars.text(exchange, Names.TRACE),
                                Vars.text(exchange, Names.JOB));
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("subscribers consume work:, see the topic's work types");
    }

    public String getTopic() {
        return topic;
    }

    public @Nullable String getKey() {
        return key;
    }

    public void setKey(@Nullable String key) {
        this.key = key;
    }
}
