package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.work.Vars;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.Refs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Runs the effect of one message on the item's thread; its failures stick to the unit. */
final class EffectProducer extends DefaultProducer {

    private final EffectEndpoint endpoint;
    private final DeliveryEngine engine;
    private @Nullable Expression key;
    private boolean canLookUp;

    EffectProducer(EffectEndpoint endpoint, DeliveryEngine engine) {
        super(endpoint);
        this.endpoint = endpoint;
        this.engine = engine;
    }

    /** Kamelets that will be needed when things go wrong must be there before anything goes out. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        key = Vars.simple(endpoint.getCamelContext(), endpoint.getKey());
        List<String> needed = endpoint.traits().shape() == Shape.REVERSIBLE
                ? List.of("create", "lookup", "confirm", "cancel")
                : List.of("create");
        for (String step : needed) {
            if (!engine.effects().hasKamelet(endpoint.traits(), step)) {
                throw new IllegalStateException("effect:" + endpoint.getEffect() + " lacks its step " + step + ": no "
                        + (endpoint.traits().through() == null
                                ? "Kamelet " + VendorCalls.kamelet(endpoint.traits(), step)
                                : "steps." + step));
            }
        }
        canLookUp = engine.effects().hasKamelet(endpoint.traits(), "lookup");
    }

    @Override
    public void process(Exchange exchange) {
        Unit unit = Unit.current();
        WorkItem item = unit == null ? null : unit.item();
        Lease lease = unit == null ? null : unit.lease();
        if (unit == null || item == null || lease == null) {
            throw new IllegalStateException("effect:" + endpoint.getEffect() + " belongs into a work: route");
        }
        RuntimeException earlier = unit.failure();
        if (earlier != null) {
            // somebody swallowed it; going on with the wrong body would make a second mistake
            throw earlier;
        }
        try {
            Object request = exchange.getMessage().getBody();
            if (request == null) {
                throw new IllegalArgumentException("effect:" + endpoint.getEffect() + " needs a request as its body");
            }
            String about = key == null ? item.aggregate() : Vars.required(exchange, key, "key");
            String hash = Refs.sha256Hex(Json.write(request).getBytes(StandardCharsets.UTF_8));
            Task task = new Task(endpoint.traits(), about, request, hash, endpoint.where(), canLookUp, item, lease);
            exchange.setVariable(Vars.REQUEST_BODY, request);
            exchange.getMessage().setBody(engine.effects().drive(task));
        } catch (RuntimeException e) {
            throw unit.fail(e);
        }
    }
}
